import { describe, expect, test } from 'vitest';
import type { Plane } from '../../src/base/plane.js';
import { createRaster, type Raster } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { renderComparison } from '../../src/rendering/comparison.js';

const plane = (...values: number[]): Plane => ({ width: 2, height: 1, values: Float32Array.from(values) });
const coolwarm = getColormap('coolwarm');
const viridis = getColormap('viridis');

function draw(...pairs: [Plane, Plane][]): Raster {
  return renderComparison({
    title: 'conv2d_1',
    subtitle: 'left: one, middle: other, right: middle less left',
    pairs: pairs.map(([a, b], index) => ({ caption: `#${index}`, a, b })),
    colormap: 'viridis',
    sentences: [],
  });
}

/** How many pixels have a ramp's color. */
function countColor({ data }: Raster, ramp: typeof viridis, index: number): number {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  return pixels.filter((pixel) => pixel === ramp.packed[index]).length;
}

/** The colors along the middle of the tiles, from left to right, without repetitions. */
function readTiles({ width, height, data }: Raster, ramps: readonly (typeof viridis)[]): string[] {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const names = new Map<number, string>();
  for (const [name, ramp] of ramps.entries()) {
    for (const index of [0, 128, 255]) names.set(ramp.packed[index] as number, `${'vc'[name]}${index}`);
  }
  const lines = Array.from({ length: height }, (_, y) => {
    const found = Array.from(pixels.subarray(y * width, (y + 1) * width), (pixel) => names.get(pixel) ?? '');
    return found.filter((name, x) => name !== '' && name !== found[x - 1]);
  });
  // The bar has all colors of one ramp, tiles have those of both.
  return lines.find((line) => line.some((name) => name[0] === 'v') && line.some((name) => name[0] === 'c')) ?? [];
}

describe('the difference of two maps', () => {
  test('is the second less the first, on one scale around 0', () => {
    // left 0, 4; middle 4, 0: the difference is +4, -4
    expect(readTiles(draw([plane(0, 4), plane(4, 0)]), [viridis, coolwarm])).toEqual(
      ['v0', 'v255', 'v255', 'v0', 'c255', 'c0'].filter((name, at, all) => name !== all[at - 1] || at === 2),
    );
  });

  test('has 0 in the middle where nothing differs', () => {
    const picture = draw([plane(1, 2), plane(1, 2)]);
    const differing = draw([plane(1, 2), plane(1, 3)]);
    expect(countColor(picture, coolwarm, 128)).toBeGreaterThan(countColor(differing, coolwarm, 128));
    expect(readTiles(picture, [viridis, coolwarm]).at(-1)).toBe('c128');
  });

  test('keeps its scale beside a value that is not finite', () => {
    const tiles = readTiles(draw([plane(0, 4), plane(Number.NaN, 8)]), [viridis, coolwarm]);
    expect(tiles.at(-1)).toBe('c255');
    expect(readTiles(draw([plane(0, 4), plane(Number.POSITIVE_INFINITY, 8)]), [viridis, coolwarm]).at(-1)).toBe('c255');
  });
});

test('two maps of a channel share one scale', () => {
  // Each by itself would reach both ends of the ramp.
  const tiles = readTiles(draw([plane(0, 1), plane(7, 8)]), [viridis, coolwarm]);
  expect(tiles.filter((name) => name[0] === 'v')).toEqual(['v0', 'v255']);
});

test('what marks mean is said where there are some', () => {
  const plain = draw([plane(0, 4), plane(4, 0)]);
  expect(draw([plane(3, 3), plane(4, 0)]).height).toBeGreaterThan(plain.height);
  expect(draw([plane(Number.NaN, 3), plane(4, 0)]).height).toBeGreaterThan(plain.height);
  const ramp = (width: number) => ({ width, height: 1, values: Float32Array.from({ length: width }, (_, x) => x) });
  const [small, large] = [ramp(96), ramp(192)]; // as tiles both 96 wide
  expect(draw([large, large]).height).toBeGreaterThan(draw([small, small]).height);
});

test('the images stand beside the title', () => {
  const [one, other] = [createRaster(20, 20, [255, 0, 0]), createRaster(20, 20, [0, 255, 0])];
  const both = renderComparison({
    ...{ title: 'x', subtitle: 'y', colormap: 'viridis', sentences: [] },
    pairs: [{ caption: '#0', a: plane(0, 1), b: plane(1, 0) }],
    photographs: [one, other],
  });
  const pixels = new Uint32Array(both.data.buffer, both.data.byteOffset, both.data.length / 4);
  const columnsOf = ({ data }: Raster) => {
    const color = new Uint32Array(data.buffer)[0];
    return [...pixels.keys()].filter((at) => pixels[at] === color).map((at) => at % both.width);
  };
  expect(columnsOf(other).length).toBeGreaterThanOrEqual(400);
  expect(Math.max(...columnsOf(one))).toBeLessThan(Math.min(...columnsOf(other)));
});
