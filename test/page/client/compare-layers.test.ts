import { expect, test } from 'vitest';
import { compareLayers } from '../../../src/page/client/compare/compare-layers.js';
import type { LayerMaps } from '../../../src/page/client/layer-maps.js';
import { nonValueIndex } from '../../../src/rendering/normalize.js';

/** Maps of 4 x 1 cells in steps of 1 from 0 to 4. */
function maps(...channels: number[][]): LayerMaps {
  return {
    layer: { width: 4, height: 1 } as LayerMaps['layer'],
    channels: channels.map((steps) => ({ steps: Uint16Array.from(steps), stepCount: 5, low: 0, high: 4 })),
  };
}

test('channels that differ most come first, each with its difference and its correlation', () => {
  const a = maps([0, 1, 2, 3], [4, 4, 0, 0], [1, 1, 1, 1]);
  const b = maps([1, 2, 3, 4], [0, 0, 4, 4], [1, 2, 1, 1]);
  const { channels, correlation, difference, limit } = compareLayers(a, b);
  expect(channels.map(({ number }) => number)).toEqual([1, 0, 2]);
  const [opposite, shifted, constant] = channels;
  expect([opposite?.difference, opposite?.correlation]).toEqual([4, expect.closeTo(-1, 10)]);
  expect([shifted?.difference, shifted?.correlation]).toEqual([1, expect.closeTo(1, 10)]);
  expect([constant?.difference, constant?.correlation]).toEqual([0.5, null]);
  expect([opposite?.low, opposite?.high, limit]).toEqual([0, 4, 4]);
  // Of all twelve pairs of values, by NumPy's corrcoef.
  expect(correlation).toBeCloseTo(-0.396839, 5);
  expect(difference).toBeCloseTo(Math.sqrt((4 + 64 + 1) / 12), 10);
});

test('places without a number do not count', () => {
  const { channels } = compareLayers(maps([0, 1, nonValueIndex, 3]), maps([1, nonValueIndex, 0, 4]));
  expect(channels[0]).toMatchObject({ number: 0, difference: 1, correlation: expect.closeTo(1, 10) });
});

test('a difference of no more than a step is rounding', () => {
  const { channels } = compareLayers(maps([0, 1, 2, 3], [0, 0, 0, 0]), maps([1, 0, 3, 3], [0, 2, 0, 0]));
  expect(channels.map(({ number, isSame }) => [number, isSame])).toEqual([
    [1, false],
    [0, true],
  ]);
});
