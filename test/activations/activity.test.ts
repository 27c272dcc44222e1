import { expect, test } from 'vitest';
import { measureActivity, mostActiveChannels } from '../../src/activations/activity.js';

const planes = (...channels: number[][]) =>
  channels.map((values) => ({ width: 2, height: 1, values: Float32Array.from(values) }));

test('averages absolute values: over the channels at each place, and over the places of each channel', () => {
  const { map, channels } = measureActivity({ planes: planes([1, -3], [0, 5]) });
  expect([map.width, map.height, [...map.values]]).toEqual([2, 1, [0.5, 4]]);
  expect([...channels]).toEqual([2, 2.5]);
});

test('NaN and infinities count as 0', () => {
  const { map, channels } = measureActivity({ planes: planes([Number.NaN, 2], [Infinity, 4]) });
  expect([[...map.values], [...channels]]).toEqual([
    [0, 3],
    [1, 2],
  ]);
});

test('the most active channels first, of equal ones the lower number', () => {
  const activity = measureActivity({ planes: planes([1, 1], [-4, 0], [0, 0], [2, 2]) });
  expect(mostActiveChannels(activity, 3)).toEqual([1, 3, 0]);
  expect(mostActiveChannels(activity, 9)).toEqual([1, 3, 0, 2]);
});
