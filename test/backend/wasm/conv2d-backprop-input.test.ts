import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';
import { convolutionGeometry } from './convolution-geometry.js';

beforeAll(() => registerWasmTraining());

test('each pixel gets the filter back from every output that saw it', async () => {
  await tf.setBackend('wasm');
  const filter = tf.tensor4d([1, 10, 100, 1000], [2, 2, 1, 1]);
  const gradient = tf.grad((x) => tf.sum(tf.conv2d(x as tf.Tensor4D, filter, 1, 'valid')));
  const seen = [1, 11, 10, 101, 1111, 1010, 100, 1100, 1000];
  expect(await gradient(tf.zeros([1, 3, 3, 1])).data()).toEqual(new Float32Array(seen));
});

test('input gradients equal those of the cpu backend for every size, stride and padding', async () => {
  await fc.assert(
    fc.asyncProperty(convolutionGeometry, async ({ input, filter, strides, pad }) => {
      const difference = await differenceFromCpu([input, filter], ([x, w]) => [
        tf.grad((i) => tf.sum(tf.square(tf.conv2d(i as tf.Tensor4D, w as tf.Tensor4D, strides, pad))))(
          x as tf.Tensor4D,
        ),
      ]);
      expect(difference).toBeLessThan(2e-6);
    }),
    { numRuns: 60 },
  );
});

test('padding wider than the filter is left to the stock kernel', async () => {
  const difference = await differenceFromCpu(
    [
      [1, 3, 3, 2],
      [2, 2, 2, 3],
    ],
    ([x, w]) => [
      tf.grad((i) => tf.sum(tf.square(tf.conv2d(i as tf.Tensor4D, w as tf.Tensor4D, 1, 3))))(x as tf.Tensor4D),
    ],
  );
  expect(difference).toBeLessThan(2e-6);
});
