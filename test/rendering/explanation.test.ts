import { expect, test } from 'vitest';
import type { Plane } from '../../src/base/plane.js';
import { createRaster, fillRectangle, type Raster } from '../../src/base/raster.js';
import { assessEvidence } from '../../src/explain/evidence.js';
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

const even = (count: number) => Array.from({ length: count }, (_, cell) => (cell + 0.5) / count);

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

test('the bar has the very colors of the picture over a middle gray', () => {
  const values = [-1, -0.6, -0.1, 0, 0.3, 0.9];
  const picture = overlayMap(createRaster(values.length, 1, [128, 128, 128]), plane(6, ...values), 1, ramp);
  expect(values.map((value) => overlayBar(1, true, ramp).colorAt?.((value + 1) / 2))).toEqual(colorsOf(picture));
});

const chromaOf = (color: readonly number[] = []) => Math.max(...color) - Math.min(...color);
const grounds = [0, 128, 255].map((gray): [number, number, number] => [gray, gray, gray]);

test.each(grounds)('a quarter of the scale is seen for and against, over a gray of %i', (...ground) => {
  const colors = colorsOf(overlayMap(createRaster(2, 1, ground), plane(2, -0.25, 0.25), 1, ramp));
  for (const color of colors) expect(chromaOf(color)).toBeGreaterThanOrEqual(40);
});

test.each(grounds)('a map without a pixel of chroma over 20 has a sentence, over a gray of %i', (...ground) => {
  const values = Array.from({ length: 400 }, (_, step) => (step - 200) / 200);
  const picture = overlayMap(createRaster(400, 1, ground), plane(400, ...values), 1, ramp);
  colorsOf(picture).forEach((color, index) => {
    const maps = [plane(1, values[index] as number), plane(1, 1)].map((map) => ({ map, className: 'cats' }));
    const sentence = assessEvidence(maps, { layerName: 'conv', methodTitle: 'HiResCAM' })[0]?.sentence;
    if (chromaOf(color) <= 20) expect(sentence, `at ${values[index]}`).toMatch(/too weak|0 everywhere/);
  });
});

test('without negative values the bar begins with 0; with nothing but zeros it has one number', () => {
  expect(overlayBar(4, false, ramp).ticks.map(({ label }) => label)).toEqual(['0', '2', 'for 4']);
  expect(overlayBar(4, true, ramp).ticks.map(({ label }) => label)).toEqual(['against \u22124', '0', 'for 4']);
  expect(overlayBar(0, false, ramp).ticks.map(({ label }) => label)).toEqual(['0']);
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
        { caption: 'cats 0.7500, predicted', map: plane(3, 0, 0, 0.1, 1, 0, 0), isPredicted: true },
        { caption: 'dogs 0.2500, true', map: plane(3, 0, 0.4, 0, 0, 0, 0.1), isPredicted: false },
      ].map((each) => ({ ...each, cells: { rows: [0.3, 0.55], columns: [0.2, 0.4, 0.6] }, smooth: false })),
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
        { caption: 'cats 0.9900, predicted', map: plane(2, 0, 0.1, 1, 0.5), isPredicted: true },
        { caption: 'dogs 0.0100', map: plane(2, 0, -0.1, -1, -0.5), isPredicted: false },
      ].map((each) => ({ ...each, cells: { rows: [0.3, 0.6], columns: [0.3, 0.6] }, smooth: true })),
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
        { caption: 'a long name 0.3000', map: plane(2, 1, Number.NaN, 0, 0), isPredicted: false },
        { caption: 'cats 0.3000', map: plane(2, 0, 0, 0, 0), isPredicted: false },
      ].map((each) => ({ ...each, cells: { rows: even(2), columns: even(2) }, smooth: false })),
      sentences: ['Grad-CAM for a long name at a: 1 of 4 values NaN or infinite'],
    }),
  );
});
