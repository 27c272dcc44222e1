import { describe, expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { seriesColors } from '../../src/output/charts/chart-style.js';
import { type ColormapName, colormapNames, getColormap } from '../../src/rendering/colormap.js';
import { overlayMap } from '../../src/rendering/overlay.js';

type Triple = readonly [number, number, number];

// Machado, Oliveira, Fernandes: "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6),
// 2009, severity 1.0: rows of the matrix that linear RGB is multiplied by.
const visions: Record<string, readonly [Triple, Triple, Triple]> = {
  'full color vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (rows: readonly Triple[], [a, b, c]: Triple) =>
  rows.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;

/** CIELAB (D65) of an sRGB color as somebody sees it. */
function see(color: readonly number[], vision: readonly Triple[]): Triple {
  const linear = color.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  const seen = times(vision, linear as unknown as Triple).map((part) =>
    Math.min(1, Math.max(0, part)),
  ) as unknown as Triple;
  const xyz = times(
    [
      [0.4124, 0.3576, 0.1805],
      [0.2126, 0.7152, 0.0722],
      [0.0193, 0.1192, 0.9505],
    ],
    seen,
  );
  const [x, y, z] = [xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089].map((part) => {
    return part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const sequential = colormapNames.filter((name) => name !== 'coolwarm');

describe.each(Object.entries(visions))('with %s', (_, vision) => {
  const ramp = (name: ColormapName) => getColormap(name).colors.map((color) => see(color, vision));

  test.each(sequential)('%s gets lighter from end to end, and every eighth of it is told from the next', (name) => {
    const colors = ramp(name);
    // A step of one in 256 may lose to the rounding of its bytes; eight steps may not.
    const steps = colors.slice(8).map(([lightness], index) => lightness - (colors[index]?.[0] as number));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect((colors.at(-1)?.[0] as number) - (colors[0]?.[0] as number)).toBeGreaterThan(70);
    const eighths = Array.from({ length: 8 }, (_, index) =>
      distance(colors[index * 32] as Triple, colors[Math.min(255, index * 32 + 32)] as Triple),
    );
    expect(Math.min(...eighths)).toBeGreaterThan(5);
  });

  test('coolwarm is lightest in the middle, and a value and its negative stay apart from a tenth of the scale on', () => {
    const colors = ramp('coolwarm');
    const lightness = colors.map(([value]) => value);
    for (let index = 8; index <= 120; index++) {
      expect(lightness[index]).toBeGreaterThan(lightness[index - 8] as number);
      expect(lightness[255 - index]).toBeGreaterThan(lightness[263 - index] as number);
    }
    const apart = Array.from({ length: 116 }, (_, index) =>
      distance(colors[index] as Triple, colors[255 - index] as Triple),
    );
    expect(Math.min(...apart)).toBeGreaterThan(10);
  });
});

const grounds = [0, 128, 255];

describe.each(Object.entries(visions))('with %s', (_, vision) => {
  test.each(grounds)(
    'a quarter of the scale of evidence, for and against, and none differ over a gray of %i',
    (gray) => {
      const map = { width: 3, height: 1, values: Float32Array.of(-0.25, 0, 0.25) };
      const { data } = overlayMap(createRaster(3, 1, [gray, gray, gray]), map, 1, getColormap('coolwarm'));
      const [against, none, positive] = [0, 4, 8].map((at) => see([...data.subarray(at, at + 3)], vision));
      const distances = [distance(against as Triple, positive as Triple), distance(none as Triple, positive as Triple)];
      expect(Math.min(...distances, distance(none as Triple, against as Triple))).toBeGreaterThan(5);
    },
  );

  test('any two colors of classes and lines differ', () => {
    const colors = seriesColors.map((hex) =>
      see(
        [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)),
        vision,
      ),
    );
    const pairs = colors.flatMap((one, index) => colors.slice(index + 1).map((other) => distance(one, other)));
    expect(Math.min(...pairs)).toBeGreaterThan(8);
    // Blue and orange stand for two classes, and for training and validation.
    expect(distance(colors[0] as Triple, colors[1] as Triple)).toBeGreaterThan(60);
  });
});

test('the check can fail: jet does not get lighter from end to end', () => {
  const jet = [
    [0, 0, 128],
    [0, 128, 255],
    [128, 255, 128],
    [255, 128, 0],
    [128, 0, 0],
  ];
  const lightness = jet.map((color) => see(color, visions.deuteranopia as readonly Triple[])[0]);
  expect(lightness).not.toEqual(lightness.toSorted((a, b) => a - b));
});
