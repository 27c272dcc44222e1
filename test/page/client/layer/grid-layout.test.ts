import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseTile, layOutGrid, placeOfTile, tileAt } from '../../../../src/page/client/layer/grid-layout.js';

const maps = fc.record({
  count: fc.integer({ min: 1, max: 600 }),
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 200 }),
});
const rooms = fc.record({
  width: fc.integer({ min: 40, max: 4000 }),
  height: fc.integer({ min: 300, max: 2000 }),
  unit: fc.constantFrom(0.75, 1, 1.3, 1.625),
});
const options = fc.record({ tile: fc.integer({ min: 4, max: 300 }), hasLabels: fc.boolean() });
const usual = { width: 1000, height: 500, unit: 1 };

it('tiles lie side by side within the room that there is, as wide as they should be or a little wider', () => {
  const layout = layOutGrid({ count: 32, width: 148, height: 74 }, usual, { tile: 56, hasLabels: true });
  expect(layout).toMatchObject({ columns: 16, width: 56, height: 28, across: 62, down: 52, totalHeight: 104 });
  expect(placeOfTile(layout, 17)).toEqual({ x: 62, y: 52 });
});

it('a tile is found where it lies, and none beside all of them', () => {
  fc.assert(
    fc.property(maps, rooms, options, (given, room, chosen) => {
      const layout = layOutGrid(given, room, chosen);
      expect(layout.totalWidth).toBeLessThanOrEqual(Math.max(room.width, layout.width));
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

it('tiles are as large as all can be seen at once, and no smaller than sixteen in a row', () => {
  const laidOut = (count: number, room: typeof usual) => {
    const size = { count, width: 37, height: 37 };
    return layOutGrid(size, room, { tile: chooseTile(size, room), hasLabels: true });
  };
  const some = laidOut(32, { width: 1325, height: 540, unit: 1 });
  expect(some).toMatchObject({ columns: 11, width: 115 });
  expect(some.totalHeight).toBeLessThanOrEqual(540);
  expect(laidOut(128, { width: 1325, height: 540, unit: 1 })).toMatchObject({ columns: 18 });
  // Few are not larger than a map can be looked at.
  expect(laidOut(3, { width: 1325, height: 540, unit: 1 }).width).toBeLessThanOrEqual(265);
  // On a projector everything is larger.
  const wide = laidOut(32, { width: 3520, height: 1500, unit: 1.5 });
  expect(wide.width).toBeGreaterThan(300);
  expect(wide.totalHeight).toBeLessThanOrEqual(1500);
});
