import { expect, it } from 'vitest';
import { rankKernels } from '../../../src/commands/kernels/rank-kernels.js';
import type { LayerKernels } from '../../../src/network/kernels.js';

/** 1 x 2 positions, 2 input channels, 2 filters: a kernel is a column of this list of positions. */
const layer = (...positions: number[][]): LayerKernels => ({
  name: 'conv',
  position: 3,
  shape: [1, 2, 2, 2],
  values: Float32Array.from(positions.flat()),
});

it('ranks kernels by their length: the root of the sum of squares', () => {
  expect(rankKernels(layer([3, 0, 1, 6], [4, 0, 0, 8]), 3)).toEqual({
    by: 'length',
    kernelCount: 4,
    median: 1,
    largest: 10,
    kernels: [
      { inputChannel: 1, filter: 1, value: 10 },
      { inputChannel: 0, filter: 0, value: 5 },
      { inputChannel: 1, filter: 0, value: 1 },
    ],
  });
});

it('ranks kernels by their distance from the start, as a fraction of the typical length at the start', () => {
  // Lengths at the start 5, 5, 5, 5; then all of them are moved along one axis.
  const initial = layer([3, 5, 4, 0], [4, 0, 3, 5]).values;
  const { by, typicalLength, median, largest, kernels } = rankKernels(layer([3, 5, 4, 2], [5, 0, -2, 5]), 2, initial);
  expect([by, typicalLength, median, largest]).toEqual(['change', 5, 0.2, 1]);
  expect(kernels.map(({ inputChannel, filter, value }) => [inputChannel, filter, value])).toEqual([
    [1, 0, 1],
    [1, 1, 0.4],
  ]);
});

it('leaves out what is not a number', () => {
  const { kernels, kernelCount } = rankKernels(layer([Number.NaN, 1, Number.POSITIVE_INFINITY, 2], [0, 0, 0, 0]), 9);
  expect([kernelCount, kernels.map(({ value }) => value)]).toEqual([4, [2, 1]]);
});
