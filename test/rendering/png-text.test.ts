import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { encodePng } from '../../src/rendering/png.js';
import { decodePng } from '../helpers/decode-png.js';
import { readPngText } from '../helpers/png-text.js';

const raster = createRaster(3, 2, [1, 2, 3]);

test('texts are read back as they were written, whatever alphabet they have', () => {
  const texts = {
    Software: 'cnnviz 0.1.0',
    Image: 'Käthe.jpg',
    Layer: 'conv2d_1',
    Prediction: '猫 0.98 😺 − 2σ',
    Note: '',
  };
  const bytes = encodePng(raster, texts);
  expect(readPngText(bytes)).toEqual(texts);
  expect(decodePng(bytes)).toEqual(raster);
});

test('a text that breaks its chunk is no way into the file: every chunk keeps its length and its sum', () => {
  const bytes = encodePng(raster, { Image: 'a\0b\u{1}IEND', Layer: '\ud800' });
  expect(readPngText(bytes)).toEqual({ Image: 'a b\u{1}IEND', Layer: '\ufffd' });
});

test('without texts the file is what it was', () => {
  expect(readPngText(encodePng(raster))).toEqual({});
  expect(crc32(encodePng(raster))).toBe(crc32(encodePng(raster, {})));
});
