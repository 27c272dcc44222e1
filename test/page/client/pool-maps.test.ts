import { expect, it } from 'vitest';
import { poolMaps } from '../../../src/page/client/pool-maps.js';
import type { LayerData } from '../../../src/page/image-data.js';
import type { NetworkLayerData } from '../../../src/page/page-data.js';

const size = (width: number, height: number) => ({ width, height }) as LayerData;
const maps = (width: number, height: number, ...steps: number[]) => ({
  layer: size(width, height),
  channels: [{ stepCount: 64, low: -1, high: 5, steps: Uint16Array.from(steps) }],
});
const pooling = (settings: NetworkLayerData['settings']) => ({ settings }) as NetworkLayerData;

it('a pooled map has of each window the largest step, and the range of the steps that it comes from', () => {
  const given = maps(5, 4, ...[1, 2, 3, 4, 9], ...[5, 6, 7, 8, 9], ...[9, 1, 1, 1, 9], ...[1, 1, 1, 2, 9]);
  const pooled = poolMaps(given, size(2, 2), pooling({ poolSize: [2, 2], strides: [2, 2], padding: 'valid' }));
  // What does not fill a window is left out.
  expect(pooled.channels).toEqual([{ stepCount: 64, low: -1, high: 5, steps: Uint16Array.of(6, 8, 9, 2) }]);
  expect(pooled.layer.width).toBe(2);
});

it('windows may overlap, and be padded as TensorFlow pads: one more at the end', () => {
  const given = maps(4, 1, 1, 5, 2, 3);
  const overlapping = pooling({ poolSize: [1, 3], strides: [1, 1], padding: 'valid' });
  expect([...(poolMaps(given, size(2, 1), overlapping).channels[0]?.steps ?? [])]).toEqual([5, 5]);
  const padded = pooling({ poolSize: [1, 2], strides: [1, 1], padding: 'same' });
  expect([...(poolMaps(given, size(4, 1), padded).channels[0]?.steps ?? [])]).toEqual([5, 5, 3, 3]);
  const twice = pooling({ poolSize: [3, 3], strides: [2, 2], padding: 'same' });
  expect([...(poolMaps(given, size(2, 1), twice).channels[0]?.steps ?? [])]).toEqual([5, 3]);
});
