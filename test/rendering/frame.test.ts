import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measurePlanes, type Plane } from '../../src/base/plane.js';
import { arrangeLayer, arrangeMaps, cellsWidth, frameOf } from '../../src/rendering/frame.js';
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
    const frame = frameOf(article.map((shape) => arrangeLayer(shape, options)));
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
        const pictures = shapes.map((each) => arrangeLayer(each, { columns, tile }));
        const frame = frameOf(pictures);
        for (const picture of pictures) expect(cellsWidth(picture)).toBeLessThanOrEqual(frame.width);
      },
    ),
  );
});
