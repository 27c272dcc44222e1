import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';

beforeAll(() => registerWasmTraining());

const wasmSum = async (x: tf.Tensor, axes: number[], keepDims = false) => {
  const sum = tf.sum(x, axes, keepDims);
  return { shape: sum.shape, dtype: sum.dtype, values: Array.from(await sum.data()) };
};

test('sums of columns, of rows and of everything', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor([1, 2, 3, 40, 50, 60], [2, 3]);
  expect(await wasmSum(x, [0])).toEqual({ shape: [3], dtype: 'float32', values: [41, 52, 63] });
  expect(await wasmSum(x, [0], true)).toEqual({ shape: [1, 3], dtype: 'float32', values: [41, 52, 63] });
  expect(await wasmSum(x, [1])).toEqual({ shape: [2], dtype: 'float32', values: [6, 150] });
  expect(await wasmSum(x, [0, 1])).toEqual({ shape: [], dtype: 'float32', values: [156] });
  expect(await wasmSum(tf.cast(x, 'int32'), [0])).toEqual({ shape: [3], dtype: 'int32', values: [41, 52, 63] });
});

test('a million small numbers are summed without losing digits', async () => {
  await tf.setBackend('wasm');
  const { values } = await wasmSum(tf.fill([1_000_000, 2], 0.1), [0]);
  expect(values).toEqual([Math.fround(1e6 * Math.fround(0.1)), Math.fround(1e6 * Math.fround(0.1))]);
});

test('sums equal those of the cpu backend over any axes', async () => {
  const shape = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(shape, fc.array(fc.nat(3), { maxLength: 3 }), fc.boolean(), async (lengths, picked, keepDims) => {
      const axes = [...new Set(picked.map((axis) => axis % lengths.length))];
      const difference = await differenceFromCpu([lengths], ([x]) => [tf.sum(x as tf.Tensor, axes, keepDims)]);
      expect(difference).toBeLessThan(2e-6);
    }),
    { numRuns: 60 },
  );
});
