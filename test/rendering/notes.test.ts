import { expect, test } from 'vitest';
import { measurePlanes } from '../../src/plane.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { explainMarks } from '../../src/rendering/notes.js';

const measure = (...values: number[]) =>
  measurePlanes([{ width: values.length, height: 1, values: Float32Array.from(values) }]);
const texts = (channels: ReturnType<typeof measure>[], first = 0) =>
  explainMarks(channels, first, getColormap('gray')).map(({ text }) => text);

test('a picture without marks has no notes', () => {
  expect(texts([measure(1, 2), measure(0, 1)])).toEqual([]);
});

test('each mark is explained with the channels that have it', () => {
  const channels = [measure(0, 0), measure(1, 2), measure(3, 3), measure(NaN, 0, 0), measure(0, 0)];
  expect(texts(channels)).toEqual([
    'dead (all 0): channels 0, 4',
    'constant: channel 2',
    'NaN or infinite: channel 3 (values: 1)',
  ]);
});

test('a long list is cut after twelve channels, its length told', () => {
  const dead = Array.from({ length: 30 }, () => measure(0));
  expect(texts(dead)).toEqual(['dead (all 0): 30 channels: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...']);
});

test('a channel drawn alone is called by its number in the layer', () => {
  expect(texts([measure(0)], 17)).toEqual(['dead (all 0): channel 17']);
});
