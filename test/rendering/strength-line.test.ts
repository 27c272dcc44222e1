import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { planStrengthLines } from '../../src/rendering/strength-line.js';

test.each([
  [{ min: 0, max: 1 }, { min: 0, max: 4 }, 0.25],
  [{ min: -3, max: 1 }, { min: -3, max: 4 }, 0.75],
  [{ min: 2, max: 2 }, { min: 0, max: 2 }, 1],
  [{ min: 0, max: 0 }, { min: 0, max: 0 }, 0],
])('a channel of %o in a layer of %o has %d of its strength', (channel, layer, share) => {
  const raster = createRaster(40, 8, [255, 255, 255]);
  planStrengthLines('strength', layer, 2).paint(raster, channel, { x: 0, y: 2, width: 40 });
  const line = Array.from({ length: 40 }, (_, x) => raster.data[(3 * 40 + x) * 4]);
  expect(line.filter((red) => red === 24)).toHaveLength(40 * share);
});

test('a line is as long as that, on a track as wide as the tile', () => {
  const raster = createRaster(60, 8, [255, 255, 255]);
  const lines = planStrengthLines('strength', { min: 0, max: 4 }, 2);
  lines.paint(raster, { min: 0, max: 1 }, { x: 10, y: 2, width: 40 });
  const row = (y: number) =>
    Array.from({ length: 60 }, (_, x) => raster.data[(y * 60 + x) * 4])
      .map((red) => (red === 255 ? '.' : red === 222 ? '-' : '#'))
      .join('');
  expect([2, 3, 4, 5, 6].map(row)).toEqual([
    '.'.repeat(60),
    ...Array(3).fill(`${'.'.repeat(10)}${'#'.repeat(10)}${'-'.repeat(30)}${'.'.repeat(10)}`),
    '.'.repeat(60),
  ]);
  expect(lines.room).toBe(6);
});

test.each(['zscore', 'minmax', 'layer'] as const)('%s asks for no lines', (scaling) => {
  expect(planStrengthLines(scaling, { min: 0, max: 4 }, 2).room).toBe(0);
});
