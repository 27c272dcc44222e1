import { expect, test } from 'vitest';
import { chooseMeasured, measureChannels } from '../../src/resemblance/channel-statistics.js';

const layer = (name: string, kind: string, ...shape: number[]) => ({ name, kind, shape });

test('all poolings are measured, else the last map of each size, as far as the numbers stay few', () => {
  const plain = [
    layer('conv', 'Conv2D', 8, 8, 4),
    layer('pool', 'MaxPooling2D', 4, 4, 4),
    layer('conv2', 'Conv2D', 4, 4, 6),
    layer('pool2', 'AveragePooling2D', 2, 2, 6),
    layer('flat', 'Flatten', 24),
  ];
  expect(chooseMeasured(plain)).toEqual({ layerNames: ['pool', 'pool2'], size: 20, leftOut: [] });
  const strided = [
    layer('a', 'Conv2D', 8, 8, 4),
    layer('b', 'Add', 8, 8, 4),
    layer('c', 'Conv2D', 4, 4, 900),
    layer('d', 'Conv2D', 2, 2, 300),
    layer('e', 'GlobalAveragePooling2D', 300),
  ];
  expect(chooseMeasured(strided)).toEqual({ layerNames: ['b', 'c'], size: 1808, leftOut: ['d'] });
  expect(chooseMeasured([layer('dense', 'Dense', 10)])).toEqual({ layerNames: [], size: 0, leftOut: [] });
});

test('an image is the logarithms of the means and the deviations of its channels, layer after layer', () => {
  // Two images; the channels are 0 2 / 1 1 and 4 0 / 3 3, then one value.
  const outputs = [
    { name: 'pool', shape: [2, 1, 2, 2], values: Float32Array.of(0, 1, 2, 1, 4, 3, 0, 3) },
    { name: 'last', shape: [2, 1, 1, 1], values: Float32Array.of(5, -5) },
  ];
  const rows = measureChannels(outputs, 2).map((row) => Array.from(row, (value) => Math.exp(value) - 0.01));
  const expected = [
    [1, 1, 1, 0, 5, 0],
    [2, 3, 2, 0, 5, 0],
  ];
  for (const [image, row] of rows.entries())
    for (const [at, value] of row.entries()) expect(value).toBeCloseTo(expected[image]?.[at] as number, 9);
});
