import { describe, expect, test } from 'vitest';
import type { Plane } from '../../src/base/plane.js';
import { createRaster, fillRectangle } from '../../src/base/raster.js';
import { type OverviewOptions, renderOverview } from '../../src/rendering/overview.js';
import { expectGolden } from '../helpers/golden.js';

function blob(size: number, at: number, sign = 1): Plane {
  const values = Float32Array.from({ length: size * size }, (_, index) => {
    const [x, y] = [index % size, Math.floor(index / size)];
    return sign * Math.max(0, size - Math.hypot(x - at, y - size / 2));
  });
  return { width: size, height: size, values };
}

const photograph = createRaster(60, 60, [210, 180, 140]);
fillRectangle(photograph, 20, 10, 20, 40, [40, 40, 60]);

/** Cells that reach neither edge. */
const middles = (count: number) =>
  Array.from({ length: count }, (_, cell) => 0.2 + (0.6 * cell) / Math.max(1, count - 1));

const layer = (number: number, size: number) => ({
  name: `conv2d_${number}`,
  shape: [size, size, 32],
  activity: blob(size, size / 3),
  cells: { rows: middles(size), columns: middles(size) },
  strongest: [7, 3, 12, 30, 1].map((channel, index) => {
    return { channel, plane: blob(size, (size * index) / 5, index === 2 ? -1 : 1) };
  }),
});

function overview(layers: OverviewOptions['layers'], options: Partial<OverviewOptions> = {}) {
  return renderOverview({
    title: 'Overview of cat.4074.jpg - dogs 0.5665, WRONG: the folder says cats - run8, epoch 8',
    photograph,
    layers,
    rest: ['flatten_1: 6272', 'dense_1: 512', 'dense_2: 1'],
    classes: [
      { className: 'cats', probability: 0.4335, role: 'true' },
      { className: 'dogs', probability: 0.5665 },
    ],
    verdict: 'WRONG: the folder says cats',
    colormap: 'viridis',
    sentences: ['What is shown.'],
    ...options,
  });
}

const sizes = [148, 74, 72, 36, 34, 17, 15, 7];

test('from the input through the layers to the prediction', () => {
  expectGolden('overview', overview([148, 36, 7].map((size, index) => layer(index + 1, size))));
});

test('a network that gives no probabilities, whose values are not all finite', () => {
  const broken = layer(1, 8);
  broken.activity.values[0] = Number.NaN;
  const picture = { rest: [], sentences: [], title: 'Overview of a.png - model.json' };
  const { classes: _, verdict: __, ...options } = { classes: 0, verdict: 0, ...picture };
  const raster = renderOverview({ photograph, layers: [broken], colormap: 'gray', ...options });
  expectGolden('overview-no-classes', raster);
});

describe('is about as wide and high as a slide', () => {
  test.each([
    ["the book's eight layers", sizes],
    ['sixteen layers', [...sizes, ...sizes]],
    ['twenty-four layers', [...sizes, ...sizes, ...sizes]],
    ['three layers', [60, 30, 15]],
  ])('%s', (_, layers) => {
    const { width, height } = overview(layers.map((size, index) => layer(index + 1, size)));
    expect(width / height).toBeGreaterThan(1.2);
    expect(width / height).toBeLessThan(2.4);
    expect(width).toBeLessThan(2500);
  });
});
