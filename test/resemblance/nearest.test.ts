import { expect, test } from 'vitest';
import { NearestImages } from '../../src/resemblance/nearest.js';
import { selectFeatures } from '../../src/resemblance/select-features.js';

const floats = (...values: number[]) => Float32Array.of(...values);

test('what a feature adds to the score decides: one without weight counts for nothing, a sign of the weight neither', () => {
  const nearest = new NearestImages([{ features: floats(3, 4, 9), weights: floats(1, -1, 0) }], 3);
  nearest.add(10, floats(4, -3, 9)); // at a right angle
  nearest.add(11, floats(6, 8, 0)); // twice as much of the same
  nearest.add(12, floats(1, 0, 5)); // cosine 3 / 5
  nearest.add(13, floats(0, 0, 7)); // nothing that counts
  nearest.add(14, floats(0, 2, 0)); // cosine 4 / 5
  expect(nearest.matches).toEqual([
    [
      { index: 11, similarity: 1 },
      { index: 14, similarity: expect.closeTo(0.8, 12) },
      { index: 12, similarity: expect.closeTo(0.6, 12) },
    ],
  ]);
});

test('a feature of twice the weight counts four times', () => {
  const nearest = new NearestImages([{ features: floats(1, 1), weights: floats(2, 1) }], 1);
  nearest.add(0, floats(1, 0)); // 4 / (sqrt(5) 2)
  expect(nearest.matches[0]?.[0]?.similarity).toBeCloseTo(2 / Math.sqrt(5), 12);
});

test('every query has its own, equals in the order of the images, and those that do not count are left out', () => {
  const queries = [floats(1, 0), floats(0, 1)].map((features) => ({ features, weights: floats(1, 1) }));
  const nearest = new NearestImages(queries, 2);
  for (const [index, row] of [floats(0, 3), floats(2, 0), floats(1, 0), floats(5, 0)].entries())
    nearest.add(index, row, (query) => query === 0 && index === 1);
  expect(nearest.matches.map((each) => each.map(({ index }) => index))).toEqual([
    [2, 3],
    [0, 1],
  ]);
});

const layer = (name: string, kind: string, ...shape: number[]) => ({ name, kind, shape });

test.each([
  ['a hidden Dense layer', [layer('f', 'Flatten', 8), layer('d1', 'Dense', 4), layer('d2', 'Dense', 1)], ['d2'], 'd1'],
  [
    'what Dropout leaves of it',
    [layer('d1', 'Dense', 4), layer('dr', 'Dropout', 4), layer('d2', 'Dense', 1)],
    ['d2'],
    'dr',
  ],
  [
    'an activation after the classes',
    [layer('d1', 'Dense', 4), layer('d2', 'Dense', 3), layer('s', 'Softmax', 3)],
    ['s'],
    'd1',
  ],
  [
    'pooled features',
    [layer('c', 'Conv2D', 2, 2, 5), layer('g', 'GlobalAveragePooling2D', 5), layer('d', 'Dense', 3)],
    ['d'],
    'g',
  ],
  ['no Dense layer', [layer('g', 'GlobalAveragePooling2D', 3), layer('s', 'Activation', 3)], ['s'], 'g'],
])('the features are, in a network with %s, the last values before the classes', (_, layers, outputs, expected) => {
  expect(selectFeatures(layers, outputs).name).toBe(expected);
});

test('a network without any is refused', () => {
  expect(() => selectFeatures([layer('c', 'Conv2D', 2, 2, 5), layer('d', 'Dense', 3)], ['d'])).toThrow(
    /no layer of features before its classes/,
  );
});
