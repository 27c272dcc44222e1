import { expect, test } from 'vitest';
import { measurePlanes } from '../../src/plane.js';
import { getColormap } from '../../src/rendering/colormap.js';
import { explainMarks } from '../../src/rendering/notes.js';

const measure = (...values: number[]) =>
  measurePlanes([{ width: values.length, height: 1, values: Float32Array.from(values) }]);
const texts = (channels: ReturnType<typeof measure>[], numbers = [...channels.keys()]) =>
  explainMarks(channels, numbers, getColormap('gray')).map(({ text }) => text);

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

test('a long list is cut after 24 channels, its length told', () => {
  const dead = Array.from({ length: 30 }, () => measure(0));
  expect(texts(dead)).toEqual([`all 0 on this image: 30 channels: ${[...Array(24).keys()].join(', ')}, ...`]);
});

test('a channel drawn alone is called by its number in the layer', () => {
  expect(texts([measure(0)], [17])).toEqual(['all 0 on this image: channel 17']);
});
