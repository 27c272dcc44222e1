// Known answers on paper: maps of whole numbers, kernels of 1, 10, 100, so that each digit says what it comes from.

import { describe, expect, test } from 'vitest';
import type { Sliding } from '../../../../src/base/layer-rule.js';
import type { Values } from '../../../../src/page/client/computation/cell.js';
import { convolve, type Weights } from '../../../../src/page/client/computation/convolution.js';
import { poolWindow } from '../../../../src/page/client/computation/other-layers.js';

/** Maps of one or several channels, row by row. */
function maps(...channels: number[][][]): Values {
  const [first = [[]]] = channels;
  return {
    width: first[0]?.length ?? 0,
    height: first.length,
    channels: channels.length,
    at: ({ channel, x, y }) => channels[channel]?.[y]?.[x] ?? Number.NaN,
  };
}

function weights(kernelShape: readonly number[], values: readonly number[], bias?: readonly number[]): Weights {
  return {
    kernelShape,
    kernel: (index) => values[index] as number,
    scale: () => 1,
    bias: (channel) => bias?.[channel],
  };
}

const linear = { name: 'linear' };
const sliding = (more: Partial<Sliding>): Sliding => ({
  ...{ size: [1, 3], strides: [1, 1], dilation: [1, 1], padding: 'valid' },
  ...more,
});
const convolution = ({ groups = 1, ...more }: Partial<Sliding> & { groups?: number } = {}) =>
  ({ type: 'convolution', groups, activation: linear, ...sliding(more) }) as const;
const row = [[1, 2, 3, 4, 5, 6]];
const digits = weights([1, 3, 1, 1], [100, 10, 1]);
const size = (width: number, height = 1, channels = 1) => ({ width, height, channels });

describe('one row under a kernel of 100, 10, 1', () => {
  const sumsOf = (rule: ReturnType<typeof convolution>, width: number) =>
    Array.from(
      { length: width },
      (_, x) => convolve(rule, { channel: 0, x, y: 0 }, maps(row), digits, size(width)).sum,
    );

  test('valid: only where all of it lies on the map', () => {
    expect(sumsOf(convolution(), 4)).toEqual([123, 234, 345, 456]);
  });

  test('same: padding counts as 0', () => {
    expect(sumsOf(convolution({ padding: 'same' }), 6)).toEqual([12, 123, 234, 345, 456, 560]);
  });

  test('same in steps of 2: the padding that is left over stands at the end, as TensorFlow has it', () => {
    expect(sumsOf(convolution({ padding: 'same', strides: [1, 2] }), 3)).toEqual([123, 345, 560]);
  });

  test('valid in steps of 3', () => {
    expect(sumsOf(convolution({ strides: [3, 3] }), 2)).toEqual([123, 456]);
  });

  test('dilated: every other value', () => {
    expect(sumsOf(convolution({ dilation: [1, 2] }), 2)).toEqual([135, 246]);
  });

  test('dilated and same', () => {
    expect(sumsOf(convolution({ dilation: [1, 2], padding: 'same' }), 6)).toEqual([13, 24, 135, 246, 350, 460]);
  });
});

test('padding is shown as padding, and adds nothing', () => {
  const rule = convolution({ size: [3, 3], padding: 'same' });
  const nine = weights([3, 3, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const input = maps([
    [1, 2],
    [3, 4],
  ]);
  const { terms, sum } = convolve(rule, { channel: 0, x: 0, y: 0 }, input, nine, size(2, 2));
  expect(terms[0]?.window.values).toEqual([null, null, null, null, 1, 2, null, 3, 4]);
  expect(terms[0]?.products).toEqual([0, 0, 0, 0, 5, 12, 0, 24, 36]);
  expect(sum).toBe(77);
});

test('the five channels that add most in size are shown, the rest is one sum, and the bias is added', () => {
  const input = maps(...[1, -9, 3, 7, 5, 2, 4].map((value) => [[value]]));
  const rule = convolution({ size: [1, 1] });
  // [1, 1, 7 channels, 2 filters]: the second filter has 10 for each
  const both = weights([1, 1, 7, 2], Array.from({ length: 7 }, () => [0, 10]).flat(), [0, 0.5]);
  const { terms, rest, bias, sum } = convolve(rule, { channel: 1, x: 0, y: 0 }, input, both, size(1, 1, 2));
  expect(terms.map(({ channel, sum: added }) => [channel, added])).toEqual([
    [1, -90],
    [3, 70],
    [4, 50],
    [6, 40],
    [2, 30],
  ]);
  expect([rest, bias, sum]).toEqual([{ count: 2, sum: 30 }, 0.5, 130.5]);
});

test('in groups a filter sees the channels of its own group', () => {
  const input = maps([[1]], [[2]], [[3]], [[4]]);
  const rule = convolution({ size: [1, 1], groups: 2 });
  // [1, 1, 2 channels of a group, 2 filters]: filter 0 of the first group, filter 1 of the second
  const kernel = weights([1, 1, 2, 2], [10, 100, 1, 1000]);
  const seen = [0, 1].map((channel) => convolve(rule, { channel, x: 0, y: 0 }, input, kernel, size(1, 1, 2)));
  expect(seen.map(({ sum }) => sum)).toEqual([12, 4300]);
  expect(seen.map(({ terms }) => terms.map(({ channel }) => channel))).toEqual([
    [0, 1],
    [3, 2],
  ]);
});

test('by channel: each channel has kernels of its own, two of each here', () => {
  const rule = { type: 'depthwise', multiplier: 2, activation: linear, ...sliding({ size: [1, 2] }) } as const;
  const input = maps([[1, 2]], [[3, 4]]);
  // [1, 2, 2 channels, 2 of each]
  const kernel = weights([1, 2, 2, 2], [1, 10, 100, 1000, 2, 20, 200, 2000]);
  const sums = [0, 1, 2, 3].map((channel) => convolve(rule, { channel, x: 0, y: 0 }, input, kernel, size(1, 1, 4)).sum);
  expect(sums).toEqual([5, 50, 1100, 11_000]);
});

describe('pooling', () => {
  const rule = (by: 'max' | 'average', padding: 'valid' | 'same') =>
    ({ by, padding, size: [2, 2], strides: [2, 2], dilation: [1, 1] }) as const;
  const input = maps([
    [1, 5, 2],
    [5, 3, 8],
    [4, 6, 7],
  ]);

  test('names the first of the largest', () => {
    const found = poolWindow(rule('max', 'valid'), { channel: 0, x: 0, y: 0 }, input, size(1, 1));
    expect(found).toMatchObject({ value: 5, winner: 1, window: { columns: 2, values: [1, 5, 5, 3] } });
  });

  test('padding never wins, and does not count in a mean', () => {
    const negative = maps([[-3, -1, -2]]);
    const row = { by: 'max', padding: 'same', size: [1, 2], strides: [1, 2], dilation: [1, 1] } as const;
    expect(poolWindow(row, { channel: 0, x: 1, y: 0 }, negative, size(2))).toMatchObject({ value: -2, winner: 0 });
    const mean = poolWindow(rule('average', 'same'), { channel: 0, x: 1, y: 1 }, input, size(2, 2));
    expect(mean).toMatchObject({ value: 7, winner: undefined, window: { values: [7, null, null, null] } });
    const edge = poolWindow(rule('average', 'same'), { channel: 0, x: 1, y: 0 }, input, size(2, 2));
    expect(edge).toMatchObject({ value: 5 });
  });
});
