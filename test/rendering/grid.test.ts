import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measurePlanes, type Plane } from '../../src/base/plane.js';
import type { Raster } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { type LayerGridOptions, renderLayerGrid } from '../../src/rendering/grid.js';
import { expectGolden } from '../helpers/golden.js';

const defaults = {
  title: 'conv2d_1',
  scaling: 'zscore',
  sentences: [],
  columns: 16,
  tile: 72,
  colormap: 'viridis',
} as const;

/** A slanted wave, another one in each channel. */
function wave(width: number, height: number, channel: number): Plane {
  const values = Float32Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return ((x * (channel + 1) + y * 3) % 11) - channel;
  });
  return { width, height, values };
}

function render(planes: Plane[], options: Partial<LayerGridOptions> = {}) {
  const shape = [1, planes[0]?.height ?? 0, planes[0]?.width ?? 0, planes.length];
  const statistics = planes.map((plane) => measurePlanes([plane]));
  return renderLayerGrid({ ...defaults, shape, planes, statistics, ...options });
}

const waves = (count: number, width: number, height = width) =>
  Array.from({ length: count }, (_, channel) => wave(width, height, channel));

function countPixels(raster: Raster, [red, green, blue]: readonly number[]): number {
  let count = 0;
  for (let offset = 0; offset < raster.data.length; offset += 4) {
    const [r, g, b] = raster.data.subarray(offset, offset + 3);
    if (r === red && g === green && b === blue) count++;
  }
  return count;
}

test('a layer of 20 channels in two rows', () => {
  expectGolden('grid-zscore', render(waves(20, 7)));
});

test('one scale for the layer, with numbers', () => {
  expectGolden('grid-layer', render(waves(16, 7), { scaling: 'layer', colormap: 'magma' }));
});

test('the strength of each channel as a line below its tile, from 0', () => {
  const planes = waves(20, 7).map(({ values, ...size }, channel) => {
    return { ...size, values: values.map((value) => Math.max(0, value) * (channel + 1)) };
  });
  planes[2]?.values.fill(0);
  expectGolden('grid-strength', render(planes, { scaling: 'strength' }));
});

test('the strength of channels with values below 0: 0 is in the middle of every tile', () => {
  expectGolden('grid-strength-signed', render(waves(18, 7), { scaling: 'strength' }));
});

test('maps that are not square, few of them, each from its smallest to its largest value', () => {
  expectGolden('grid-minmax', render(waves(3, 40, 12), { scaling: 'minmax', colormap: 'inferno' }));
});

test('tiles smaller than their numbers are numbered here and there', () => {
  expectGolden('grid-small-tiles', render(waves(130, 7), { columns: 32, tile: 7, colormap: 'gray' }));
});

test('dead and constant channels are crossed out, non-values checkered, and all are named', () => {
  const planes = waves(20, 6);
  planes[1]?.values.fill(0);
  planes[4]?.values.fill(2.5);
  planes[5]?.values.fill(Number.NaN);
  planes[17]?.values.set([Number.NaN, Number.POSITIVE_INFINITY], 8);
  expectGolden('grid-marked', render(planes));
});

test('a dead channel is drawn in the lowest color of the ramp, whatever the normalization', () => {
  const dead = { width: 10, height: 10, values: new Float32Array(100) };
  const [lowest] = getColormap('viridis').colors;
  for (const scaling of ['zscore', 'strength', 'minmax', 'layer'] as const) {
    expect(countPixels(render([dead], { scaling }), lowest ?? [])).toBeGreaterThan(4000);
  }
});

test('on a common scale a constant channel keeps its true color', () => {
  const planes: Plane[] = [wave(10, 10, 0), { width: 10, height: 10, values: new Float32Array(100).fill(10) }];
  const highest = getColormap('viridis').colors[255] ?? [];
  expect(countPixels(render(planes, { scaling: 'layer' }), highest)).toBeGreaterThan(4000);
});

test('every channel is drawn once, each value as a square of one whole size', () => {
  const shapes = fc.record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 2, max: 9 }),
    channels: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 20 }),
    tile: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(shapes, ({ width, height, channels, columns, tile }) => {
      const planes = waves(channels, width, height);
      planes.forEach(({ values }, channel) => {
        values[channel % values.length] = Number.NaN;
      });
      const raster = render(planes, { columns, tile });
      const factor = Math.max(1, Math.round(tile / Math.max(width, height)));
      const sampleInTheNote = 14 ** 2;
      expect(countPixels(raster, [255, 0, 0]) + countPixels(raster, [255, 190, 190])).toBe(
        channels * factor ** 2 + sampleInTheNote,
      );
    }),
    { numRuns: 30 },
  );
});

test('maps of one value become a strip', () => {
  const planes = Array.from({ length: 20 }, (_, index) => ({ width: 1, height: 1, values: Float32Array.of(index) }));
  expectGolden('grid-single-values', render(planes));
});

test('a fixed scale: the bar has its ends, says which of them values lie beyond, and sentences stand below in lines', () => {
  const sentence =
    '3 of 3 channels fire, on 60 % of all pixels; strongest by maximum: channel 0, 10; and so on, to the end';
  const scaling = { min: -1, max: 3, caption: 'fixed scale' };
  expectGolden('grid-fixed', render(waves(3, 7), { scaling, sentences: [sentence] }));
});

test('no planes are refused', () => {
  expect(() => render([])).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
});
