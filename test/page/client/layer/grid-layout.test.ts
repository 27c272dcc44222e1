import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOutGrid, placeOfTile, tileAt } from '../../../../src/page/client/layer/grid-layout.js';

const maps = fc.record({
  count: fc.integer({ min: 1, max: 600 }),
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 200 }),
});
const options = fc.record({
  room: fc.integer({ min: 40, max: 2000 }),
  tile: fc.integer({ min: 4, max: 300 }),
  hasLabels: fc.boolean(),
});

it('tiles lie side by side within the room that there is, as wide as they should be or a little wider', () => {
  const layout = layOutGrid({ count: 32, width: 148, height: 74 }, { room: 1000, tile: 56, hasLabels: true });
  expect(layout).toMatchObject({ columns: 16, width: 56, height: 28, across: 62, down: 52, totalHeight: 104 });
  expect(placeOfTile(layout, 17)).toEqual({ x: 62, y: 52 });
});

it('a tile is found where it lies, and none beside all of them', () => {
  fc.assert(
    fc.property(maps, options, (given, chosen) => {
      const layout = layOutGrid(given, chosen);
      expect(layout.totalWidth).toBeLessThanOrEqual(Math.max(chosen.room, layout.width));
      for (const index of [0, given.count - 1, Math.floor(given.count / 2)]) {
        const { x, y } = placeOfTile(layout, index);
        expect(tileAt(layout, x + layout.width / 2, y + layout.height / 2)).toBe(index);
      }
      expect(tileAt(layout, -1, 0)).toBeUndefined();
      expect(tileAt(layout, 0, layout.totalHeight)).toBeUndefined();
      expect(tileAt(layout, layout.columns * layout.across, 0)).toBeUndefined();
    }),
  );
});
