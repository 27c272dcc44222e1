import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { estimateDecodedBytes, readImageHeader } from '../../../src/dataset/decode/image-header.js';

function headerOf(name: string) {
  return readImageHeader(readFileSync(path.join(import.meta.dirname, '../../fixtures/images', name)));
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
])('the header of %s identifies it', (name, header) => {
  expect(headerOf(name)).toEqual(header);
});

test('the numbers of a TIFF are read in its byte order and in their own width', () => {
  const entries: [tag: number, type: 1 | 3 | 4, value: number][] = [
    [256, 3, 300],
    [257, 4, 70_000],
    [258, 3, 16],
    [277, 1, 3], // a byte, as hardly anybody writes it
  ];
  const bytes = Buffer.alloc(14 + entries.length * 12);
  bytes.write('MM\0*', 0, 'latin1');
  bytes.writeUInt32BE(8, 4);
  bytes.writeUInt16BE(entries.length, 8);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 10 + index * 12;
    bytes.writeUInt16BE(tag, at);
    bytes.writeUInt16BE(type, at + 2);
    bytes.writeUInt32BE(1, at + 4);
    bytes.writeUIntBE(value, at + 8, { 1: 1, 3: 2, 4: 4 }[type]);
  }
  expect(readImageHeader(bytes)).toEqual({
    ...{ format: 'tiff', size: { width: 300, height: 70_000 }, pixelBytes: 6, tiled: false, compression: 1 },
  });
});

test.each(['', 'short', 'some longer text without meaning'])('%j is no image', (text) => {
  expect(readImageHeader(Buffer.from(text))).toBeUndefined();
});

test('a JPEG that ends before its frame header has no size', () => {
  const bytes = readFileSync(path.join(import.meta.dirname, '../../fixtures/images/rgb.jpg'));
  expect(readImageHeader(bytes.subarray(0, 40))).toEqual({ format: 'jpeg' });
});

test('memory is reserved by the size in the header, and by all there is where it says none', () => {
  const pixels = size.width * size.height;
  const estimate = (name: string) => estimateDecodedBytes(headerOf(name) as NonNullable<ReturnType<typeof headerOf>>);
  expect(estimate('rgb.jpg')).toBe(pixels * 3);
  expect(estimate('progressive.jpg')).toBe(pixels * 6);
  expect(estimate('rgb.webp')).toBe(pixels * 8);
  expect(estimate('rgb-444.avif')).toBe(pixels * 16);
  expect(estimate('cmyk.tif')).toBe(pixels * 7);
  expect(estimate('rgb-24.bmp')).toBe(pixels * 4);
  expect(estimate('binary.ppm')).toBe(pixels * 4);
  expect(estimateDecodedBytes({ format: 'jpeg' })).toBe(Number.POSITIVE_INFINITY);
});

/** The first 30 bytes of a lossless WebP of 13377 x 13377, which is 40 bytes long. */
test('a WebP of a few bytes is seen as large as it is', () => {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0);
  bytes.write('WEBPVP8L', 8);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE((13_376 | (13_376 << 14)) >>> 0, 21);
  expect(readImageHeader(bytes)).toEqual({ format: 'webp', size: { width: 13_377, height: 13_377 } });
});
