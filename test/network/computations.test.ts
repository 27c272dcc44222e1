import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { readComputations } from '../../src/network/computations.js';

beforeAll(() => selectBackend('cpu'));

test('a limit leaves out large kernels, but for that of the last dense layer', async () => {
  const layers = [tf.layers.dense({ units: 3, inputShape: [4] }), tf.layers.dense({ units: 2 })];
  const model = tf.sequential({ layers });
  const shapesBelow = async (most?: number) =>
    (await readComputations(model, most)).map(({ weights }) => weights.kernel?.shape);
  expect(await shapesBelow(5)).toEqual([undefined, [3, 2]]);
  expect(await shapesBelow()).toEqual([
    [4, 3],
    [3, 2],
  ]);
  model.dispose();
});
