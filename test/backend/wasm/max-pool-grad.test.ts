import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';
import { poolingGeometry } from './convolution-geometry.js';

beforeAll(() => registerWasmTraining());

const poolGradient = (pixels: number[], poolSize: number, strides: number) => {
  const side = Math.sqrt(pixels.length);
  const x = tf.tensor4d(pixels, [1, side, side, 1]);
  return tf
    .grad((i) => tf.sum(tf.maxPool(i as tf.Tensor4D, poolSize, strides, 'valid')))(x)
    .data();
};

test('the gradient goes to the largest pixel of each window, summed where windows overlap', async () => {
  await tf.setBackend('wasm');
  expect(await poolGradient([1, 2, 3, 4, 9, 6, 7, 8, 5], 2, 1)).toEqual(new Float32Array([0, 0, 0, 0, 4, 0, 0, 0, 0]));
});

test('of equal pixels the first gets the gradient', async () => {
  await tf.setBackend('wasm');
  expect(await poolGradient([0, 0, 0, 0], 2, 2)).toEqual(new Float32Array([1, 0, 0, 0]));
});

test('gradients equal those of the cpu backend for every size, stride and padding', async () => {
  await fc.assert(
    fc.asyncProperty(poolingGeometry, async ({ input, poolSize, strides, pad }) => {
      const difference = await differenceFromCpu([input], ([x]) => [
        // Rounded, so that windows hold equal pixels.
        tf.grad((i) => tf.sum(tf.square(tf.maxPool(i as tf.Tensor4D, poolSize, strides, pad))))(
          tf.round(tf.mul(x as tf.Tensor, 2)),
        ),
      ]);
      expect(difference).toBe(0);
    }),
    { numRuns: 60 },
  );
});
