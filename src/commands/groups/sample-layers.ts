// What the layers put out for each image of a folder, and a sample of it.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { type FoundGroups, findGroups } from '../../groups/find-groups.js';
import { LayerSample, shuffleColumns } from '../../groups/layer-sample.js';
import { type ChannelImages, nameImage } from '../channels/channel-images.js';
import { type VisitedBatch, visitImages } from '../channels/visit-images.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { notFinite } from '../shared/not-finite.js';
import { hintAtLayers } from './choose-layers.js';
import type { GroupsSettings } from './options.js';

/** The groups of a layer as a sample of its places gives them. */
export interface SampledGroups extends FoundGroups {
  sampledPlaceCount: number;
  /** the control: what the same search finds after each channel's values were shuffled */
  shuffled: Pick<FoundGroups, 'share' | 'recurrences'>;
}

/** How many times groups are looked for. */
const starts = 4;

/** @throws CnnvizError BAD_ARGUMENT for a layer with values below 0, BAD_MODEL, BAD_IMAGE, BAD_DATASET, ABORTED */
export async function sampleGroups(
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: GroupsSettings,
): Promise<SampledGroups[]> {
  const { groups, seed, signal, onEvent } = settings;
  const samples = layers.map(
    ({ shape }) => new LayerSample(shape as [number, number, number], images.files.length, seed),
  );
  await visitMaps(trained, layers, images, settings, ({ layer, maps, fileIndex }) => {
    if (maps !== null) samples[layer]?.add(maps, fileIndex);
  });
  const pause = async () => {
    await setImmediate(); // a step blocks everything else: let timers and signals in
    if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped while channels were grouped');
  };
  let done = -1;
  const report = (now: number) => {
    if (now > done) onEvent?.({ type: 'stage', stage: 'grouping', done: now, total: 2 * starts * layers.length });
    done = now;
  };
  report(0);
  const pauseFrom = (first: number) => async (start: number) => {
    report(first + start);
    await pause();
  };
  const found: SampledGroups[] = [];
  for (const [index, sample] of samples.entries()) {
    const { matrix } = sample;
    if (matrix.rows === 0)
      throw notFinite(trained.place.path, `layer ${layers[index]?.name} outputs NaN or infinity on every image`);
    const search = { count: groups, seed, starts };
    const first = 2 * starts * index;
    const own = await findGroups(matrix, search, pauseFrom(first));
    const { share, recurrences } = await findGroups(shuffleColumns(matrix, seed), search, pauseFrom(first + starts));
    found.push({ ...own, sampledPlaceCount: matrix.rows, shuffled: { share, recurrences } });
  }
  return found;
}

/** What a layer puts out for an image. */
interface ImageMaps {
  /** of the layers that are looked at */
  layer: number;
  /** [height, width, channels]; null where some value is NaN or infinite */
  maps: Float32Array | null;
  fileIndex: number;
  classIndex: number;
}

/** Goes through the images once. @returns how many could not be read */
export async function visitMaps(
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: GroupsSettings,
  take: (maps: ImageMaps) => void,
  onBatch: (visited: VisitedBatch) => void = () => undefined,
): Promise<number> {
  const names = layers.map(({ name }) => name);
  return visitImages(trained, layers, images, settings, async (visited) => {
    onBatch(visited);
    const { inputs, size, batch, fileIndexes } = visited;
    const outputs = await trained.network.run(inputs, size, names);
    for (let image = 0; image < batch.size; image++) {
      const fileIndex = fileIndexes[image] as number;
      outputs.forEach(({ name, values }, layer) => {
        const length = values.length / size;
        const maps = withoutRounding(values.subarray(image * length, (image + 1) * length));
        if (typeof maps === 'number') {
          const path = nameImage(images.root, images.files[fileIndex]?.path ?? '');
          throw refuseNegative(name, maps, path, trained.network.layers);
        }
        take({ layer, maps, fileIndex, classIndex: batch.classIndexes[image] as number });
      });
    }
  });
}

/** What lies below 0 by no more than this part of an image's highest value is a 0 that was rounded. */
const rounding = 1e-6;

/** @returns the values, null where one is NaN or infinite, or the lowest where that is below 0 by more than rounding */
function withoutRounding(values: Float32Array): Float32Array | number | null {
  let [lowest, highest, sum] = [0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    sum += value;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  if (!Number.isFinite(sum)) return null;
  if (lowest === 0) return values;
  return lowest < -rounding * highest ? lowest : values.map((value) => Math.max(0, value));
}

function refuseNegative(name: string, lowest: number, image: string, layers: readonly NetworkLayer[]): CnnvizError {
  const expected = `expected layers with nothing below 0, as a relu puts out, ${name} has ${lowest.toPrecision(3)} on ${image}`;
  return new CnnvizError('BAD_ARGUMENT', `layers: ${expected}`, {
    options: ['layers'],
    hint: hintAtLayers(layers),
  });
}
