import { expect, test } from 'vitest';
import { measurePlanes } from '../../src/base/plane.js';
import { createRaster } from '../../src/base/raster.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { type Range, rangeScale } from '../../src/rendering/normalize.js';
import { explainMarks } from '../../src/rendering/notes.js';

const measure = (...values: number[]) =>
  measurePlanes([{ width: values.length, height: 1, values: Float32Array.from(values) }]);
const texts = (channels: ReturnType<typeof measure>[], numbers = [...channels.keys()]) =>
  explainMarks(channels, numbers, rangeScale, getColormap('gray')).map(({ text }) => text);

test('a picture without marks has no notes', () => {
  expect(texts([measure(1, 2), measure(0, 1)])).toEqual([]);
});

test('each mark is explained with the channels that have it', () => {
  const channels = [measure(0, 0), measure(1, 2), measure(3, 3), measure(NaN, 0, 0), measure(0, 0)];
  expect(texts(channels)).toEqual([
    'all 0 on this image: channels 0, 4',
    'constant: channel 2',
    'NaN or infinite: channel 3 (values: 1)',
  ]);
});

test('a long list is cut after 24 channels, with its length', () => {
  const dead = Array.from({ length: 30 }, () => measure(0));
  expect(texts(dead)).toEqual([`all 0 on this image: 30 channels: ${[...Array(24).keys()].join(', ')}, ...`]);
});

test('a channel drawn alone is called by its number in the layer', () => {
  expect(texts([measure(0)], [17])).toEqual(['all 0 on this image: channel 17']);
});

test('a sample has the color that the marked maps have on their scale', () => {
  const colormap = getColormap('gray');
  const sampleColor = (channel: ReturnType<typeof measure>, range: Range) => {
    const raster = createRaster(11, 11, [255, 0, 0]);
    const [note] = explainMarks([channel], [0], () => rangeScale(range), colormap);
    note?.paintSample?.(raster, 0, 0, 11);
    // Between the arms of the cross.
    return raster.data[(5 * 11 + 1) * 4];
  };
  // floor(256 t): 0 lies a quarter of the way from -1 to 3, 2 three quarters.
  expect(sampleColor(measure(0, 0), { min: -1, max: 3 })).toBe(64);
  expect(sampleColor(measure(2, 2), { min: -1, max: 3 })).toBe(192);
  expect(sampleColor(measure(0, 0), { min: 0, max: 0 })).toBe(0);
});
