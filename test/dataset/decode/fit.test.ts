import { expect, test } from 'vitest';
import { fitRgb } from '../../../src/dataset/decode/fit.js';
import type { RgbPixels } from '../../../src/dataset/decode/pixels.js';
import type { Fit } from '../../../src/dataset/decode/preprocessing.js';

/** Red counts the columns, green the rows. */
function grid(width: number, height: number): RgbPixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([x + 1, y + 1, 0], (y * width + x) * 3);
  return { width, height, data };
}

function fitted(source: RgbPixels, fit: Fit | undefined, width: number, height: number) {
  const preprocessing = { width, height, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const;
  const { data, ...size } = fitRgb(source, fit === undefined ? preprocessing : { ...preprocessing, fit });
  const at = (x: number, y: number) => [...data.subarray((y * size.width + x) * 3, (y * size.width + x) * 3 + 2)];
  return { ...size, first: at(0, 0), last: at(size.width - 1, size.height - 1), at };
}

test('crop takes the middle in the proportions of the target', () => {
  expect(fitted(grid(7, 4), 'crop', 10, 10)).toMatchObject({ width: 4, height: 4, first: [2, 1], last: [5, 4] });
  expect(fitted(grid(4, 7), 'crop', 10, 10)).toMatchObject({ width: 4, height: 4, first: [1, 2], last: [4, 5] });
  expect(fitted(grid(8, 8), 'crop', 20, 10)).toMatchObject({ width: 8, height: 4, first: [1, 3], last: [8, 6] });
});

test('pad keeps all of it and puts black beside it', () => {
  const padded = fitted(grid(7, 4), 'pad', 10, 10);
  expect(padded).toMatchObject({ width: 7, height: 7, first: [0, 0], last: [0, 0] });
  expect([padded.at(0, 1), padded.at(6, 4)]).toEqual([
    [1, 1],
    [7, 4],
  ]);
});

test('stretch, and what is in proportion already, stay as they are', () => {
  const source = grid(7, 4);
  const preprocessing = { width: 5, height: 5, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const;
  expect(fitRgb(source, preprocessing)).toBe(source);
  expect(fitRgb(grid(6, 6), { ...preprocessing, fit: 'crop' })).toMatchObject({ width: 6, height: 6 });
});

test('what is a line wide leaves a pixel', () => {
  expect(fitted(grid(300, 1), 'crop', 10, 20)).toMatchObject({ width: 1, height: 1 });
});
