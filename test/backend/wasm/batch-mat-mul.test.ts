import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { differenceFromCpu } from './against-cpu.js';

beforeAll(() => registerWasmTraining());

test('either factor may be transposed', async () => {
  await tf.setBackend('wasm');
  const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const b = tf.tensor2d([1, 10, 100, 1000], [2, 2]);
  expect(await tf.matMul(a, b, true, false).data()).toEqual(new Float32Array([301, 3010, 402, 4020]));
  expect(await tf.matMul(a, b, false, true).data()).toEqual(new Float32Array([21, 2100, 43, 4300]));
});

test('products equal those of the cpu backend, however the factors are transposed and batched', async () => {
  const length = fc.integer({ min: 1, max: 9 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
      length,
      length,
      length,
      fc.boolean(),
      fc.boolean(),
      async (batch, rows, inner, columns, transposeA, transposeB) => {
        const a = [...batch, ...(transposeA ? [inner, rows] : [rows, inner])];
        const b = [...batch, ...(transposeB ? [columns, inner] : [inner, columns])];
        const difference = await differenceFromCpu([a, b], ([x, y]) => [
          tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB),
        ]);
        expect(difference).toBeLessThan(2e-6);
      },
    ),
    { numRuns: 60 },
  );
});
