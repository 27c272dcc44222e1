import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { nativeTest } from '../helpers/native.js';

describe('selectBackend', () => {
  test.each([
    ['wasm', 'wasm'],
    ['cpu', 'cpu'],
  ] as const)('%s computes and is the current backend', async (choice, tfjsName) => {
    const selected = await selectBackend(choice);
    expect(selected).toMatchObject({ name: choice, version: '4.22.0', refusals: [] });
    expect(tf.getBackend()).toBe(tfjsName);
    expect(await tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).array()).toEqual([[11]]);
  });

  nativeTest('native can be chosen again after another', async () => {
    await selectBackend('native');
    await selectBackend('cpu');
    expect(await selectBackend('native')).toMatchObject({ name: 'native', refusals: [] });
    expect(tf.getBackend()).toBe('tensorflow');
  });

  test('a name that is no backend is a bad argument', async () => {
    await expect(selectBackend('gpu' as 'cpu')).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: 'backend: expected auto, native, wasm, cpu or webgpu, received "gpu"',
    });
  });
});
