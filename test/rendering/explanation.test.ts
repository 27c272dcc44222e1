import { expect, test } from 'vitest';
import type { Plane } from '../../src/base/plane.js';
import { createRaster, fillRectangle, type Raster } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { renderExplanation } from '../../src/rendering/explanation.js';
import { overlayBar, overlayMap } from '../../src/rendering/overlay.js';
import { expectGolden } from '../helpers/golden.js';

const ramp = getColormap('coolwarm');
const plane = (width: number, ...values: number[]): Plane => ({
  width,
  height: values.length / width,
  values: Float32Array.from(values),
});

/** A photograph of stripes from black to white over a colored ground. */
function drawPhotograph(width: number, height: number): Raster {
  const photograph = createRaster(width, height, [190, 150, 90]);
  for (let stripe = 0; stripe < 8; stripe++) {
    const gray = stripe * 36;
    fillRectangle(photograph, 0, Math.floor((stripe * height) / 8), width, Math.floor(height / 12), [gray, gray, gray]);
  }
  return photograph;
}

const colorsOf = ({ data }: Raster) =>
  Array.from({ length: data.length / 4 }, (_, index) => [...data.subarray(index * 4, index * 4 + 3)]);

test('0 leaves the gray image, the ends of the scale cover it with the ends of the ramp', () => {
  const photograph = createRaster(3, 1, [100, 100, 100]);
  const [negative, none, positive] = colorsOf(overlayMap(photograph, plane(3, -2, 0, 2), 2, ramp));
  const cover = (color: readonly number[] | undefined) => color?.map((part) => Math.round(100 + (part - 100) * 0.85));
  expect([negative, none, positive]).toEqual([cover(ramp.colors[0]), [100, 100, 100], cover(ramp.colors[255])]);
});

test('the image under the map is gray as its brightness', () => {
  const [pixel] = colorsOf(overlayMap(createRaster(1, 1, [200, 100, 50]), plane(1, 0), 1, ramp));
  expect(pixel).toEqual([124, 124, 124]);
});

test('the bar has the very colors of the picture, over white on top and over black below', () => {
  const values = [-1, -0.6, -0.1, 0, 0.3, 0.9];
  const bar = overlayBar('', 1, true, ramp);
  for (const [gray, depth] of [
    [255, 0],
    [0, 1],
  ] as const) {
    const picture = overlayMap(createRaster(values.length, 1, [gray, gray, gray]), plane(6, ...values), 1, ramp);
    expect(values.map((value) => bar.colorAt?.((value + 1) / 2, depth))).toEqual(colorsOf(picture));
  }
});

test('without negative values the bar begins with 0; with nothing but zeros it has one number', () => {
  expect(overlayBar('', 4, false, ramp).ticks.map(({ label }) => label)).toEqual(['0', '2', '4']);
  expect(overlayBar('', 4, true, ramp).ticks.map(({ label }) => label)).toEqual(['\u22124', '0', '4']);
  expect(overlayBar('', 0, false, ramp).ticks.map(({ label }) => label)).toEqual(['0']);
});

test('NaN and infinities are checkered, not colored', () => {
  const values = [Number.NaN, Number.POSITIVE_INFINITY];
  expect(colorsOf(overlayMap(createRaster(2, 1, [9, 9, 9]), plane(2, ...values), 1, ramp))).toEqual([
    [255, 0, 0],
    [255, 0, 0],
  ]);
});

test('two classes with evidence each, on one scale', () => {
  expectGolden(
    'explanation-two',
    renderExplanation({
      title: 'Grad-CAM',
      subtitle: 'max_pooling2d_4 (1, 2, 3, 128)',
      photograph: drawPhotograph(240, 180),
      maps: [
        { caption: 'cats 0.7500', map: plane(3, 0, 0, 0.1, 1, 0, 0) },
        { caption: 'dogs 0.2500', map: plane(3, 0, 0.4, 0, 0, 0, 0.1) },
      ],
      sentences: [],
    }),
  );
});

test('no positive evidence: the negative map, and a sentence in lines no wider than the pictures', () => {
  expectGolden(
    'explanation-negative',
    renderExplanation({
      title: 'HiResCAM',
      subtitle: 'conv2d_4 (1, 2, 2, 128)',
      photograph: drawPhotograph(90, 120),
      maps: [
        { caption: 'cats 0.9900', map: plane(2, 0, 0.1, 1, 0.5) },
        { caption: 'dogs 0.0100', map: plane(2, 0, -0.1, -1, -0.5) },
      ],
      sentences: ['HiResCAM for dogs at conv2d_4: no positive evidence; the map shows evidence against it'],
    }),
  );
});

test('a map with NaN, a map of zeros, and captions wider than the image', () => {
  expectGolden(
    'explanation-broken',
    renderExplanation({
      title: 'Grad-CAM',
      subtitle: 'a (1, 2, 2, 1)',
      photograph: drawPhotograph(40, 60),
      maps: [
        { caption: 'a long name 0.3000', map: plane(2, 1, Number.NaN, 0, 0) },
        { caption: 'cats 0.3000', map: plane(2, 0, 0, 0, 0) },
      ],
      sentences: ['Grad-CAM for a long name at a: 1 of 4 values NaN or infinite'],
    }),
  );
});
