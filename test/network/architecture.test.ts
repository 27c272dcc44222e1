import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Architecture, countFrozen, type KernelInitializer, planLayers } from '../../src/network/architecture.js';

const ARTICLE: Architecture = { imageSize: 150, filters: [32, 64, 128, 128], dense: 512, dropout: 0, classCount: 2 };

function refusal(change: Partial<Architecture>): unknown {
  try {
    return planLayers({ ...ARTICLE, ...change }).length;
  } catch (error) {
    return (error as Error).message;
  }
}

test("the article's network has the article's names, shapes and parameters", () => {
  const rows = planLayers(ARTICLE).map(({ name, outputShape, parameterCount }) => [name, outputShape, parameterCount]);
  expect(rows).toEqual([
    ['conv2d_1', [null, 148, 148, 32], 896],
    ['max_pooling2d_1', [null, 74, 74, 32], 0],
    ['conv2d_2', [null, 72, 72, 64], 18_496],
    ['max_pooling2d_2', [null, 36, 36, 64], 0],
    ['conv2d_3', [null, 34, 34, 128], 73_856],
    ['max_pooling2d_3', [null, 17, 17, 128], 0],
    ['conv2d_4', [null, 15, 15, 128], 147_584],
    ['max_pooling2d_4', [null, 7, 7, 128], 0],
    ['flatten_1', [null, 6272], 0],
    ['dense_1', [null, 512], 3_211_776],
    ['dense_2', [null, 1], 513],
  ]);
  expect(planLayers(ARTICLE).reduce((sum, layer) => sum + layer.parameterCount, 0)).toBe(3_453_121);
});

test('three classes end in three softmax units, two in one sigmoid unit', () => {
  expect(planLayers({ ...ARTICLE, classCount: 3 }).at(-1)).toMatchObject({ units: 3, activation: 'softmax' });
  expect(planLayers(ARTICLE).at(-1)).toMatchObject({ units: 1, activation: 'sigmoid' });
});

test('dropout stands between flatten and the hidden layer', () => {
  const names = planLayers({ ...ARTICLE, dropout: 0.5 }).map((layer) => layer.name);
  expect(names.slice(-4)).toEqual(['flatten_1', 'dropout_1', 'dense_1', 'dense_2']);
});

test('with batch normalization nothing that relu follows has a bias, and the averages are not trained', () => {
  const layers = planLayers({ ...ARTICLE, dropout: 0.5, denseDropout: 0.3, batchNormalization: true });
  expect(layers.map(({ name, parameterCount }) => [name, parameterCount])).toEqual([
    ['conv2d_1', 27 * 32],
    ['batch_normalization_1', 4 * 32],
    ['activation_1', 0],
    ['max_pooling2d_1', 0],
    ['conv2d_2', 9 * 32 * 64],
    ['batch_normalization_2', 4 * 64],
    ['activation_2', 0],
    ['max_pooling2d_2', 0],
    ['conv2d_3', 9 * 64 * 128],
    ['batch_normalization_3', 4 * 128],
    ['activation_3', 0],
    ['max_pooling2d_3', 0],
    ['conv2d_4', 9 * 128 * 128],
    ['batch_normalization_4', 4 * 128],
    ['activation_4', 0],
    ['max_pooling2d_4', 0],
    ['flatten_1', 0],
    ['dropout_1', 0],
    ['dense_1', 6272 * 512],
    ['batch_normalization_5', 4 * 512],
    ['activation_5', 0],
    ['dropout_2', 0],
    ['dense_2', 513],
  ]);
  expect(countFrozen(layers)).toBe(2 * (32 + 64 + 128 + 128 + 512));
  expect(countFrozen(planLayers(ARTICLE))).toBe(0);
});

test('dropout after the hidden layer alone is the first', () => {
  const names = planLayers({ ...ARTICLE, denseDropout: 0.5 }).map((layer) => layer.name);
  expect(names.slice(-4)).toEqual(['flatten_1', 'dense_1', 'dropout_1', 'dense_2']);
});

test('46 pixels are the least for four pairs, and the refusal says so', () => {
  expect(refusal({ imageSize: 46 })).toBe(11);
  expect(refusal({ imageSize: 45 })).toBe(
    'imageSize: expected at least 46 pixels for 4 pairs of Conv2D and MaxPooling2D, received 45',
  );
});

test.each([
  [{ filters: [] }, /^filters: expected at least one number/],
  [{ filters: [32, 0] }, /^filters: .* received 0/],
  [{ filters: [1.5] }, /^filters: /],
  [{ dense: 0 }, /^dense: /],
  [{ dense: 1_000_000 }, /^dense: expected at most 85598 units after 6272 flattened features, received 1000000/],
  [{ dropout: 1 }, /^dropout: .* below 1, received 1/],
  [{ dropout: -0.1 }, /^dropout: /],
  [{ denseDropout: 1 }, /^denseDropout: .* below 1, received 1/],
  [
    { kernelInitializer: 'zeros' as KernelInitializer },
    /^kernelInitializer: expected one of glorot_uniform, he_normal/,
  ],
  [{ classCount: 1 }, /^classCount: .* at least 2/],
  [{ imageSize: 150.5 }, /^imageSize: /],
])('%j is refused with its numbers', (change, message) => {
  expect(refusal(change)).toMatch(message);
});

test('whatever is not refused leaves at least one pixel, and what is refused would not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 7 }), (imageSize, pairs) => {
      let left = imageSize;
      for (let pair = 0; pair < pairs; pair++) left = Math.floor((left - 2) / 2);
      const outcome = refusal({ imageSize, filters: new Array(pairs).fill(4) });
      expect(typeof outcome === 'number').toBe(left >= 1);
    }),
  );
});
