// The work of methods that run a network many times: its expected cost, its progress, and its end on demand.

import { setImmediate } from 'node:timers/promises';
import { formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import { formatNumber } from '../../base/numbers.js';
import { countRuns, type RunCount } from '../../explain/count-runs.js';
import { listPlaces } from '../../explain/explain-input.js';
import { getMethod } from '../../explain/methods.js';
import type { EventListener } from '../shared/events.js';
import type { PixelsJob } from './explain-pixels.js';

type Work = Pick<PixelsJob, 'scores' | 'methods' | 'layers' | 'classes'>;

/** Forward and back costs about twice as much as forward alone. */
const gradientCost = 2;

/** Runs of the network for each image, besides those that all methods share. */
function countAllRuns({ scores, methods, layers, classes }: Work): RunCount {
  const classCount = classes.length || Math.max(2, Math.min(2, scores.scoreCount));
  const total = { forward: 0, gradients: 0 };
  for (const { method, layer } of listPlaces(methods, layers, scores.inputShape)) {
    const { forward, gradients } = countRuns(getMethod(method), layer, classCount);
    total.forward += forward;
    total.gradients += gradients;
  }
  return total;
}

/** Images that the cost of a run is measured with. */
const measured = 4;

/** What an image will cost, in words; undefined where every method needs one gradient only. */
export async function foretellCost(work: Work): Promise<string | undefined> {
  const { forward, gradients } = countAllRuns(work);
  if (forward + gradients === 0) return undefined;
  const { scores } = work;
  const size = scores.inputShape.reduce((product, length) => product * length, 1);
  const images = new Float32Array(measured * size);
  await scores.computeScores(images); // TensorFlow optimizes the graph
  const before = process.cpuUsage();
  await scores.computeScores(images);
  const { user, system } = process.cpuUsage(before);
  const seconds = ((user + system) / 1e6 / measured) * (forward + gradientCost * gradients);
  const runs = [
    ...(forward > 0 ? [`${formatCount(forward)} runs of the network`] : []),
    ...(gradients > 0 ? [`${formatCount(gradients)} gradients`] : []),
  ];
  return `Each image takes about ${formatNumber(seconds)} s of CPU time: ${runs.join(' and ')}`;
}

/** Reports runs as they are done, and ends the work where the call was aborted. */
export function followRuns(
  image: string,
  { onEvent, signal, ...work }: Work & { onEvent: EventListener; signal?: AbortSignal },
): (runs: number) => Promise<void> {
  const { forward, gradients } = countAllRuns(work);
  let done = 0;
  return async (runs) => {
    done += runs;
    onEvent({ type: 'network-run', image, done, total: Math.max(done, forward + gradients) });
    await setImmediate(); // a signal is not seen before
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped while ${image} was explained`);
  };
}
