// Compares the maps of a network with those of the same network after its layers are redrawn.

import { setImmediate } from 'node:timers/promises';
import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { Plane } from '../../base/plane.js';
import { deriveSeed } from '../../base/random.js';
import { type ScoreNetwork, scoresOf } from '../../engines/contract/scores.js';
import { openEngine } from '../../engines/open.js';
import { mapSubject, type Subject } from '../../explain/benchmark/measure-maps.js';
import { rankCorrelation } from '../../explain/benchmark/rank-correlation.js';
import { blurMap } from '../../explain/blur.js';
import { getMethod } from '../../explain/methods.js';
import { DEPTHS, type Depth, keepWeights, listLayers, redrawWeights } from '../../network/redraw-weights.js';
import type { WorkflowOptions } from '../shared/events.js';
import type { BenchmarkImage } from './benchmark-images.js';
import type { Redrawn } from './benchmark-result.js';
import type { MeasuredSubject } from './measure-methods.js';

/** Images and draws that the correlations are means of: they say how much of a map stays, not how good it is. */
export const redrawnImages = 10;
export const redraws = 3;

/**
 * Cascading randomization: how much of each method's maps is still there with layers redrawn, for the class that the trained
 * network gives the image.
 *
 * Adebayo et al.: "Sanity Checks for Saliency Maps", NeurIPS 2018.
 *
 * @param model changed while this goes on, and as before afterwards
 * @returns in the order of the methods
 */
export async function compareRedrawn(
  model: tf.LayersModel,
  backend: SelectedBackend,
  {
    images,
    methods,
    seed,
    signal,
  }: { images: readonly BenchmarkImage[]; methods: readonly MeasuredSubject[]; seed: number } & Pick<
    WorkflowOptions,
    'signal'
  >,
): Promise<Record<Depth, Redrawn>[]> {
  const few = images.slice(0, redrawnImages);
  const sums = methods.map(
    () => Object.fromEntries(DEPTHS.map((depth) => [depth, { signed: 0, sizes: 0 }])) as Record<Depth, Redrawn>,
  );
  const weights = keepWeights(model);
  const share = 1 / (few.length * redraws);
  for (let draw = 0; draw < redraws; draw++) {
    for (const depth of DEPTHS) {
      await setImmediate();
      if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped while layers were redrawn');
      redrawWeights(model, listLayers(model, depth), deriveSeed(seed, 'benchmark', 0, draw));
      const engine = openEngine(model, backend.name, { uses: ['score', 'perturb'], onFallback: () => undefined });
      try {
        const correlations = await correlate(scoresOf(engine), few, methods);
        for (const [index, { signed, sizes }] of correlations.entries()) {
          const sum = (sums[index] as Record<Depth, Redrawn>)[depth];
          sum.signed += share * signed;
          sum.sizes += share * sizes;
        }
      } finally {
        engine.dispose();
        weights.restore();
      }
    }
  }
  return sums;
}

/** Sums over the images, for each method. */
async function correlate(
  network: ScoreNetwork,
  images: readonly BenchmarkImage[],
  methods: readonly MeasuredSubject[],
): Promise<Redrawn[]> {
  const sums = methods.map(() => ({ signed: 0, sizes: 0 }));
  for (const [at, image] of images.entries()) {
    const scores = await network.computeScores(image.input);
    for (const [index, { subject, maps }] of methods.entries()) {
      const { map } = await mapSubject(network, subject, { ...image, scores });
      const [before, after] = [shownOf(maps[at] as Plane, subject), shownOf(map, subject)];
      const sum = sums[index] as Redrawn;
      sum.signed += rankCorrelation(before, after);
      sum.sizes += rankCorrelation(before.map(Math.abs), after.map(Math.abs));
    }
  }
  return sums;
}

/** Pixels are compared as they are shown: blurred. */
function shownOf(map: Plane, { method }: Subject): Float32Array {
  return getMethod(method).of === 'input' ? blurMap(map).values : map.values;
}
