import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';
import { convolutionGeometry } from './convolution-geometry.js';

beforeAll(() => registerWasmTraining());

test('a stride larger than the filter keeps the pixels it lands on', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const y = tf.conv2d(x, tf.tensor4d([10], [1, 1, 1, 1]), 2, 'same');
  expect(await y.data()).toEqual(new Float32Array([10, 30, 70, 90]));
});

test('convolutions equal those of the cpu backend for every size, stride and padding', async () => {
  await fc.assert(
    fc.asyncProperty(convolutionGeometry, async ({ input, filter, strides, pad }) => {
      const bias = filter[3];
      const difference = await differenceFromCpu([input, filter, [bias]], ([x, w, b]) => {
        const geometry = { x: x as tf.Tensor4D, filter: w as tf.Tensor4D, strides, pad };
        return [tf.fused.conv2d({ ...geometry, bias: b as tf.Tensor, activation: 'relu' })];
      });
      expect(difference).toBeLessThan(2e-6);
    }),
    { numRuns: 60 },
  );
});
