import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';

beforeAll(() => registerWasmTraining());

test('a row, a column and a text are cut out', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  expect(await tf.slice(x, [1, 0], [1, 3]).data()).toEqual(new Float32Array([4, 5, 6]));
  expect(await tf.slice(x, [0, 1], [2, 1]).data()).toEqual(new Float32Array([2, 5]));
  expect(await tf.slice(tf.tensor1d(['cat', 'dog']), [1], [1]).data()).toEqual(['dog']);
  expect(await tf.slice(tf.tensor1d([1, 2, 3], 'int32'), [1], [-1]).data()).toEqual(new Int32Array([2, 3]));
});

test('slices equal those of the cpu backend', async () => {
  const axis = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(4), fc.nat(4)).map(([length, first, extent]) => ({
    length,
    begin: first % length,
    size: 1 + (extent % (length - (first % length))),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(axis, { minLength: 1, maxLength: 5 }), async (axes) => {
      const begin = axes.map((each) => each.begin);
      const size = axes.map((each) => each.size);
      const difference = await differenceFromCpu([axes.map((each) => each.length)], ([x]) => [
        tf.slice(x as tf.Tensor, begin, size),
      ]);
      expect(difference).toBe(0);
    }),
    { numRuns: 60 },
  );
});
