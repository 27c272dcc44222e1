import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measurePlanes, type Plane } from '../../src/base/plane.js';
import { arrangeLayer, arrangeMaps, arrangePlaces, cellsWidth, frameOf } from '../../src/rendering/frame.js';
import { renderLayerGrid } from '../../src/rendering/grid.js';

const article = [[148, 148, 32], [74, 74, 32], [72, 72, 64], [36, 36, 64], [17, 17, 128], [7, 7, 128], [6272], [1]];
const defaults = { columns: 16, tile: 72 };

function draw(shape: number[], options: { columns: number; tile: number }, frame: ReturnType<typeof frameOf>) {
  const [height = 1, width = 1] = shape.length === 3 ? shape : [];
  const planes = Array.from({ length: shape.at(-1) as number }, (_, channel): Plane => {
    return { width, height, values: new Float32Array(width * height).map((_, index) => (index * channel) % 7) };
  });
  const statistics = planes.map((plane) => measurePlanes([plane]));
  return renderLayerGrid({
    ...{ title: `a layer of ${shape.join(' x ')}`, shape: [1, ...shape], planes, statistics, scaling: 'zscore' },
    ...{ ...options, colormap: 'viridis', sentences: ['What is said of it. '.repeat(shape.length * 20)], frame },
  });
}

describe('pictures of one call', () => {
  test.each([
    ['by default', defaults],
    ['of few columns', { columns: 4, tile: 72 }],
    ['of small tiles', { columns: 16, tile: 8 }],
  ])('%s have one width, whatever the size and the number of their maps', (_, options) => {
    const frame = frameOf(article.map((shape) => arrangeLayer({ shape }, options)));
    const widths = article.map((shape) => draw(shape, options, frame).width);
    expect(new Set(widths).size).toBe(1);
    expect(widths[0]).toBe(frame.width + 16 * frame.unit);
  });
});

test('of maps that are larger than a tile fewer lie in a row', () => {
  const columns = (size: number, count = 64) => arrangeMaps({ width: size, height: size, count }, defaults).columns;
  expect([7, 36, 74, 148, 222, 500].map((size) => columns(size))).toEqual([16, 16, 16, 8, 4, 2]);
  expect(columns(148, 3)).toBe(16);
  expect(arrangeMaps({ width: 148, height: 148, count: 32 }, { columns: 4, tile: 72 }).columns).toBe(4);
});

test('a frame holds every picture', () => {
  const shape = fc.oneof(
    fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 3, maxLength: 3 }),
    fc.integer({ min: 1, max: 9000 }).map((units) => [units]),
  );
  fc.assert(
    fc.property(
      fc.array(shape, { minLength: 1 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 200 }),
      (shapes, columns, tile) => {
        const pictures = shapes.map((each) => arrangeLayer({ shape: each }, { columns, tile }));
        const frame = frameOf(pictures);
        for (const picture of pictures) expect(cellsWidth(picture)).toBeLessThanOrEqual(frame.width);
      },
    ),
  );
});

describe('units of a Flatten', () => {
  test('lie in rows of one place', () => {
    const rows = arrangePlaces([2, 3, 8]);
    expect(rows).toMatchObject({ columns: 8, isByPlace: true });
    expect(rows?.rowNames).toEqual({ names: ['(0, 0)', '(0, 1)', '(0, 2)', '(1, 0)', '(1, 1)', '(1, 2)'], group: 3 });
  });

  test('in several rows of equal length where a place has many channels', () => {
    expect(arrangePlaces([7, 7, 1280])).toMatchObject({ columns: 320, rowNames: { group: 28 } });
    expect(arrangePlaces([1, 2, 1024])?.rowNames.names).toEqual(['(0, 0)', '', '(0, 1)', '']);
  });

  test('as the picture that they were where channels are few', () => {
    expect(arrangePlaces([28, 28, 1])).toMatchObject({ columns: 28, isByPlace: false, rowNames: { group: 1 } });
    expect(arrangePlaces([3, 5, 3])).toMatchObject({ columns: 15, rowNames: { names: ['y 0', 'y 1', 'y 2'] } });
  });

  test('as any units where neither makes a picture', () => {
    expect(arrangePlaces([1, 1, 64])).toBeUndefined();
    expect(arrangePlaces([300, 300, 3])).toBeUndefined();
  });

  test('take no more room than 16 tiles', () => {
    for (const shape of [
      [7, 7, 128],
      [18, 18, 64],
      [30, 30, 8],
      [28, 28, 1],
    ]) {
      const units = shape.reduce((product, side) => product * side);
      const cells = arrangeLayer({ shape: [units], flattened: shape }, defaults);
      expect(cellsWidth(cells)).toBeLessThanOrEqual(16 * 73);
      expect(cells.width).toBeGreaterThanOrEqual(2);
    }
  });
});
