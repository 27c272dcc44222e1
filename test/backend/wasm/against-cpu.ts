import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../../src/base/random.js';

/**
 * The largest difference between what wasm and cpu compute from the same seeded inputs in [-1, 1): per result, relative
 * to the largest magnitude in cpu's result (or 1 where that is less: sums may cancel); infinite where the shapes differ or wasm leaves a tensor behind.
 */
export async function differenceFromCpu(
  shapes: readonly (readonly number[])[],
  compute: (inputs: tf.Tensor[]) => tf.Tensor[],
): Promise<number> {
  const expected = await computeOn('cpu', shapes, compute);
  const received = await computeOn('wasm', shapes, compute);
  return Math.max(...expected.map((result, index) => resultDifference(result, received[index] as Result)));
}

/** Makes a backend the current one, without cpu's advertisement of tfjs-node. */
export async function startBackend(name: 'cpu' | 'wasm'): Promise<void> {
  await tf.setBackend(name);
  if (name === 'cpu') (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
}

/** The largest difference, relative to the largest expected magnitude or 1; infinite where one is not a number. */
export function relativeDifference(expected: ArrayLike<number>, received: ArrayLike<number>): number {
  if (expected.length !== received.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 1;
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] as number;
    difference = Math.max(difference, Math.abs(value - (received[index] as number)));
    largest = Math.max(largest, Math.abs(value));
  }
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / largest;
}

interface Result {
  shape: number[];
  values: ArrayLike<number>;
  leaked: number;
}

async function computeOn(
  backend: 'cpu' | 'wasm',
  shapes: readonly (readonly number[])[],
  compute: (inputs: tf.Tensor[]) => tf.Tensor[],
): Promise<Result[]> {
  await startBackend(backend);
  const before = tf.memory().numTensors;
  const inputs = shapes.map((shape, index) => {
    const random = createRandom(index, 'sample');
    const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random() * 2 - 1);
    return tf.tensor(values, [...shape]);
  });
  const results = tf.tidy(() => compute(inputs));
  const read = results.map((result) => ({ shape: result.shape, values: result.dataSync() }));
  tf.dispose([inputs, results]);
  const leaked = tf.memory().numTensors - before;
  return read.map((result) => ({ ...result, leaked }));
}

function resultDifference(expected: Result, received: Result): number {
  const alike = received.leaked === 0 && String(expected.shape) === String(received.shape);
  return alike ? relativeDifference(expected.values, received.values) : Number.POSITIVE_INFINITY;
}
