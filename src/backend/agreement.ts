// Whether native TensorFlow computes what WebAssembly does, asked once where nobody has tried it.

import { CnnvizError } from '../base/errors.js';
import { createRandom } from '../base/random.js';
import {
  type BackendAgreement,
  compareNumbers,
  describeDifference,
  readAgreement,
  recordAgreement,
} from './agreement-record.js';
import type { Installation } from './native/cache.js';
import { tf } from './tfjs/tensors.js';

/**
 * Refuses native TensorFlow for `auto` where its numbers are not WebAssembly's. Compares them once on each machine, on an
 * installation that was never tried. The current backend is `tensorflow` before and after.
 *
 * @param startWasm makes WebAssembly the current backend
 * @throws CnnvizError BACKEND_UNAVAILABLE
 */
export async function requireAgreement(installation: Installation, startWasm: () => Promise<unknown>): Promise<void> {
  const { agrees, largestDifference } = readAgreement(installation) ?? (await compareOnce(installation, startWasm));
  if (agrees) return;
  throw new CnnvizError(
    'BACKEND_UNAVAILABLE',
    `native TensorFlow was never tried on such a machine, and here its numbers are not WebAssembly's (${describeDifference(largestDifference)})`,
    { hint: 'Use it all the same with --backend native.' },
  );
}

type Found = Pick<BackendAgreement, 'agrees' | 'largestDifference'>;

async function compareOnce(installation: Installation, startWasm: () => Promise<unknown>): Promise<Found> {
  const native = computeSample();
  await startWasm();
  const wasm = computeSample();
  await tf.setBackend('tensorflow');
  const found = compareNumbers(native, wasm);
  recordAgreement(installation, found);
  return found;
}

/** A step of a small network on the current backend: its loss, and the gradients of its weights. */
function computeSample(): number[] {
  const random = createRandom(1, 'sample');
  const fill = (...shape: number[]) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return tf.tensor(
      Array.from({ length: count }, () => random() - 0.5),
      shape,
    );
  };
  return tf.tidy(() => {
    const images = fill(2, 12, 12, 3) as tf.Tensor4D;
    const [kernel, bias, dense] = [fill(3, 3, 3, 4), fill(4), fill(100, 2)];
    const computeLoss = (...weights: tf.Tensor[]) => {
      const [filters, offsets, matrix] = weights as [tf.Tensor4D, tf.Tensor1D, tf.Tensor2D];
      const maps = tf.relu(tf.add(tf.conv2d(images, filters, 1, 'valid'), offsets)) as tf.Tensor4D;
      const pooled = tf.reshape(tf.maxPool(maps, 2, 2, 'valid'), [2, 100]);
      return tf.sum(tf.square(tf.sigmoid(tf.matMul(pooled, matrix)))) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(computeLoss)([kernel, bias, dense]);
    return [value, ...grads].flatMap((tensor) => [...tensor.dataSync()]);
  });
}
