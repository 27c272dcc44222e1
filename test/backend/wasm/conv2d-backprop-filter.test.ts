import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';
import { convolutionGeometry } from './convolution-geometry.js';

beforeAll(() => registerWasmTraining());

test('a filter that sees one pixel at a time learns the sum of pixels times gradients', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const dy = tf.tensor4d([10, 20, 30, 40], [1, 2, 2, 1]);
  const gradient = tf.grad((filter) => tf.sum(tf.mul(tf.conv2d(x, filter as tf.Tensor4D, 1, 'valid'), dy)));
  expect(await gradient(tf.ones([1, 1, 1, 1])).data()).toEqual(new Float32Array([10 + 40 + 90 + 160]));
});

test('filter gradients equal those of the cpu backend for every size, stride and padding', async () => {
  await fc.assert(
    fc.asyncProperty(convolutionGeometry, async ({ input, filter, strides, pad }) => {
      const difference = await differenceFromCpu([input, filter], ([x, w]) => [
        tf.grad((f) => tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, strides, pad))))(
          w as tf.Tensor4D,
        ),
      ]);
      expect(difference).toBeLessThan(2e-6);
    }),
    { numRuns: 60 },
  );
});

test('images too wide for one go are taken some rows at a time', async () => {
  const shapes = [
    [2, 7, 1500, 2],
    [3, 2, 2, 1],
  ];
  const difference = await differenceFromCpu(shapes, ([x, w]) => [
    tf.grad((f) => tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, [1, 1], 'same'))))(w as tf.Tensor4D),
  ]);
  expect(difference).toBeLessThan(1e-5);
});
