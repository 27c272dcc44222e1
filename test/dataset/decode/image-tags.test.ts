import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readImageTags } from '../../../src/dataset/decode/image-tags.js';
import { encodeTiff } from './written-tiff.js';

/** Exif data with nothing but an orientation (Exif 2.32, 4.6.2). */
function exif(orientation: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.write('MM\0*', 0, 'latin1');
  bytes.writeUInt32BE(8, 4);
  bytes.writeUInt16BE(1, 8);
  bytes.writeUInt16BE(0x112, 10);
  bytes.writeUInt16BE(3, 12);
  bytes.writeUInt32BE(1, 14);
  bytes.writeUInt16BE(orientation, 18);
  return bytes;
}

const MARK = Buffer.from('Exif\0\0', 'latin1');
const jpeg = (...segments: Buffer[]) => Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments]);

function segment(marker: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const orientationOf = (bytes: Buffer, format: 'jpeg' | 'png' | 'webp') => readImageTags(bytes, { format }).orientation;

describe('the orientation of a JPEG', () => {
  const app0 = segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'));
  const app1 = segment(0xe1, MARK, exif(6));
  const scan = segment(0xda, Buffer.alloc(12));

  test('stands in its Exif segment, first or behind others', () => {
    expect(orientationOf(jpeg(app1, scan), 'jpeg')).toBe(6);
    expect(orientationOf(jpeg(app0, app1, scan), 'jpeg')).toBe(6);
  });

  test('is found although another APP1 segment, or fill bytes, come before', () => {
    const xmp = segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0'));
    expect(orientationOf(jpeg(xmp, app1, scan), 'jpeg')).toBe(6);
    expect(orientationOf(jpeg(app0, Buffer.from([0xff, 0xff]), app1, scan), 'jpeg')).toBe(6);
  });

  test('is not looked for behind the first scan', () => {
    expect(orientationOf(jpeg(app0, scan, app1), 'jpeg')).toBe(1);
  });

  test('is 1 where the file ends before it is said, wherever that is', () => {
    const whole = jpeg(app0, app1);
    const needed = whole.length - 4; // behind the entry stands only that no directory follows
    for (let length = 0; length < whole.length; length++) {
      const expected = length < needed ? 1 : 6;
      expect([length, orientationOf(whole.subarray(0, length), 'jpeg')]).toEqual([length, expected]);
    }
  });
});

test('a number that is no orientation counts as 1', () => {
  const read = (orientation: number) => orientationOf(jpeg(segment(0xe1, MARK, exif(orientation))), 'jpeg');
  expect([0, 1, 8, 9].map(read)).toEqual([1, 1, 8, 1]);
});

test('the orientation of a PNG stands in its eXIf chunk, behind others, and its depth in the header', () => {
  const chunk = (name: string, data: Buffer) => {
    const bytes = Buffer.alloc(12 + data.length);
    bytes.writeUInt32BE(data.length, 0);
    bytes.write(name, 4);
    data.copy(bytes, 8);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
    return bytes;
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 16, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const start = Buffer.concat([signature, chunk('IHDR', header)]);
  const png = Buffer.concat([start, chunk('tEXt', Buffer.from('a\0b')), chunk('eXIf', exif(3))]);
  expect(readImageTags(png, { format: 'png' })).toEqual({ orientation: 3, bits: 16, isFloat: false });
  expect(readImageTags(start, { format: 'png' })).toEqual({ orientation: 1, bits: 16, isFloat: false });
  header[8] = 1;
  const oneBit = Buffer.concat([signature, chunk('IHDR', header)]);
  expect(readImageTags(oneBit, { format: 'png' }).bits).toBe(8);
});

test("the orientation of a WebP stands in its EXIF chunk, with or without JPEG's mark, behind a chunk of odd length", () => {
  const chunk = (name: string, data: Buffer) => {
    const bytes = Buffer.alloc(8 + data.length + (data.length % 2));
    bytes.write(name, 0);
    bytes.writeUInt32LE(data.length, 4);
    data.copy(bytes, 8);
    return bytes;
  };
  const webp = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), ...chunks]);
  const pixels = chunk('VP8 ', Buffer.alloc(5));
  expect(orientationOf(webp(pixels, chunk('EXIF', exif(8))), 'webp')).toBe(8);
  expect(orientationOf(webp(pixels, chunk('EXIF', Buffer.concat([MARK, exif(8)]))), 'webp')).toBe(8);
  expect(orientationOf(webp(pixels), 'webp')).toBe(1);
});

test('a TIFF says its depth, and whether it holds floating point; its orientation is not asked for', () => {
  const read = (values: Uint8Array | Uint16Array | Float32Array) =>
    readImageTags(encodeTiff(values, 1, 1), { format: 'tiff' });
  expect(read(Uint8Array.of(1))).toEqual({ orientation: 1, bits: 8, isFloat: false });
  expect(read(Uint16Array.of(1))).toEqual({ orientation: 1, bits: 16, isFloat: false });
  expect(read(Float32Array.of(1))).toEqual({ orientation: 1, bits: 32, isFloat: true });
});
