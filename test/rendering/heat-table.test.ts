import { expect, test } from 'vitest';
import { getColormap } from '../../src/rendering/colormap.js';
import { renderHeatTable } from '../../src/rendering/heat-table.js';

test('a table has a cell in the color of each number, and none where there is no number', () => {
  const raster = renderHeatTable({
    ...{ title: 't', subtitle: 's', caption: 'c', colormap: 'viridis', sentences: [] },
    values: [[1, Number.NaN]],
    ...{ rowNames: ['a'], columnNames: ['1', '2'] },
  });
  const { colors } = getColormap('viridis');
  const has = (color: readonly number[] | undefined) => {
    for (let at = 0; at < raster.data.length; at += 4) {
      // The whole width of a cell: the color bar has each color in a column or two.
      const run = Array.from({ length: 40 }, (_, step) => raster.data.subarray(at + 4 * step, at + 4 * step + 3));
      if (run.every((pixel) => pixel.join() === color?.join())) return true;
    }
    return false;
  };
  expect(has(colors[255])).toBe(true);
  expect(has(colors[0])).toBe(false);
});
