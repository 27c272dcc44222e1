import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readImageHeader } from '../../src/dataset/image-header.js';

function headerOf(name: string) {
  return readImageHeader(readFileSync(path.join(import.meta.dirname, '../fixtures/images', name)));
}

const size = { width: 37, height: 23 };

test.each([
  ['rgb.jpg', { format: 'jpeg', size, components: 3 }],
  ['progressive.jpg', { format: 'jpeg', size, components: 3, progressive: true }],
  ['grey.jpg', { format: 'jpeg', size, components: 1 }],
  ['cmyk.jpg', { format: 'jpeg', size, components: 4 }],
  ['orientation-6.jpg', { format: 'jpeg', size, components: 3 }],
  ['wrong-extension.jpg', { format: 'png', size }],
  ['palette.gif', { format: 'gif', size }],
  ['rgb.webp', { format: 'webp', size }],
  ['lossy.webp', { format: 'webp', size }],
  ['alpha.webp', { format: 'webp', size }],
  ['animated.webp', { format: 'webp', size }],
  ['rgb.tif', { format: 'tiff', size, pixelBytes: 3, tiled: false, compression: 1 }],
  ['lzw.tif', { format: 'tiff', size, pixelBytes: 3, tiled: false, compression: 5 }],
  ['cmyk.tif', { format: 'tiff', size, pixelBytes: 4, tiled: false, compression: 1 }],
  ['rgb-444.avif', { format: 'avif', size }],
])('the header of %s tells what it is', (name, header) => {
  expect(headerOf(name)).toEqual(header);
});

test.each(['', 'short', 'some longer text without meaning'])('%j is no image', (text) => {
  expect(readImageHeader(Buffer.from(text))).toBeUndefined();
});

test('a JPEG that ends before its frame header has no size', () => {
  const bytes = readFileSync(path.join(import.meta.dirname, '../fixtures/images/rgb.jpg'));
  expect(readImageHeader(bytes.subarray(0, 40))).toEqual({ format: 'jpeg' });
});
