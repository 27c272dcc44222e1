// Measures every method and every control on the images of a benchmark.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import type { Plane } from '../../base/plane.js';
import { createRandom } from '../../base/random.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { edgeMap, gaussianMap, meanOfOthers, randomMap } from '../../explain/benchmark/controls.js';
import { askNetwork, perturbImage } from '../../explain/benchmark/insertion-deletion.js';
import {
  type MapMetrics,
  mapSubject,
  measureMap,
  namePlace,
  type Place,
  placeMap,
  placeOf,
  type Subject,
} from '../../explain/benchmark/measure-maps.js';
import { classProbabilities } from '../shared/classify.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { BenchmarkImage } from './benchmark-images.js';

/** A method's maps, and what was measured of them, image by image. */
export interface MeasuredSubject {
  subject: Subject;
  /** as the method gives them */
  maps: Plane[];
  /** of one image, milliseconds */
  cpu: number;
  own: MapMetrics[];
  /** of the mean map of the other images */
  mean: MapMetrics[];
}

export interface MeasuredControls {
  gaussian: MapMetrics[];
  edges: MapMetrics[];
  /** as coarse as the maps at each place, by its name */
  random: Map<string, MapMetrics[]>;
}

/** Draws the maps of all methods for all images. */
export async function mapImages(
  network: ScoreNetwork,
  images: readonly BenchmarkImage[],
  subjects: readonly Subject[],
  { signal }: Pick<WorkflowOptions, 'signal'>,
): Promise<MeasuredSubject[]> {
  const measured = subjects.map((subject): MeasuredSubject => ({ subject, maps: [], cpu: 0, own: [], mean: [] }));
  for (const image of images) {
    for (const each of measured) {
      await setImmediate(); // a native run blocks everything else: let signals in
      if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped at ${image.path}`);
      const { map, cpu } = await mapSubject(network, each.subject, image);
      each.maps.push(map);
      each.cpu += cpu / images.length;
    }
  }
  return measured;
}

/** Measures one image: every method's map, the mean map of the others of its class, and the controls. */
export async function measureImage(
  network: ScoreNetwork,
  images: readonly BenchmarkImage[],
  index: number,
  { methods, controls, seed }: { methods: readonly MeasuredSubject[]; controls: MeasuredControls; seed: number },
): Promise<void> {
  const { input, masks, target } = images[index] as BenchmarkImage;
  const shape = network.inputShape as [number, number, number];
  const [height, width] = shape;
  const probabilityOf = askNetwork(network, (outputs) => classProbabilities(outputs)[target.classIndex] as number);
  const image = { perturbed: await perturbImage(input, shape, probabilityOf), masks };
  let count = 0;
  const nextRandom = () => createRandom(seed, 'benchmark', index + 1, count++);
  const measure = (placed: Plane, curves = true) =>
    measureMap(placed, image, { probabilityOf, random: nextRandom(), curves });
  controls.gaussian.push(await measure(gaussianMap({ height, width })));
  controls.edges.push(await measure(placeMap(edgeMap(input, shape), { of: 'input' }, shape)));
  for (const [name, { place, size }] of listPlaces(methods)) {
    const placed = placeMap(randomMap(size, nextRandom()), place, shape);
    controls.random.set(name, [...(controls.random.get(name) ?? []), await measure(placed)]);
  }
  const alike = listAlike(images, index);
  for (const { subject, maps, own, mean } of methods) {
    const place = placeOf(subject);
    own.push(await measure(placeMap(maps[index] as Plane, place, shape)));
    const others = alike.map((at) => maps[at] as Plane);
    mean.push(await measure(placeMap(meanOfOthers(others, alike.indexOf(index)), place, shape), false));
  }
}

/** Where the maps of the methods lie, each place once, and how many values a map has there. */
function listPlaces(methods: readonly MeasuredSubject[]): Map<string, { place: Place; size: Plane }> {
  return new Map(
    methods.map(({ subject, maps }) => [namePlace(subject), { place: placeOf(subject), size: maps[0] as Plane }]),
  );
}

/** The images that the network takes for the same class, this one among them; all where it is alone in its own. */
function listAlike(images: readonly BenchmarkImage[], own: number): number[] {
  const all = [...images.keys()];
  const classOf = (index: number) => images[index]?.target.classIndex;
  const alike = all.filter((index) => classOf(index) === classOf(own));
  return alike.length > 1 ? alike : all;
}
