import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePhotograph } from '../../../src/dataset/decode/decode.js';
import { decodeBmp } from '../../../src/dataset/decode/decode-bmp.js';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import { decodeNetpbm } from '../../../src/dataset/decode/decode-netpbm.js';
import { Undecodable } from '../../../src/dataset/decode/undecodable.js';
import { temporaryFolder } from '../drawn-folder.js';

const IMAGES = path.join(import.meta.dirname, '../../fixtures/images');
const preprocessing = { width: 4, height: 4, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const;

interface Picture {
  width: number;
  height: number;
  /** red, green, blue */
  data: Uint8Array;
}

const pictures: fc.Arbitrary<Picture> = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data) => ({ width, height, data })),
  );

function fixture(name: string): Buffer {
  return readFileSync(path.join(IMAGES, name));
}

/** 24 bits a pixel, rows filled up to four bytes. */
function encodeBmp({ width, height, data }: Picture, topDown: boolean): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(topDown ? -height : height, 22);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    const rowAt = 54 + (topDown ? y : height - 1 - y) * stride;
    for (let at = 0; at < width * 3; at++) {
      const channel = at % 3;
      file[rowAt + at - channel + 2 - channel] = data[y * width * 3 + at] as number;
    }
  }
  return file;
}

function bmpHeader(width: number, height: number, bits: number, compression: number): Buffer {
  const file = encodeBmp({ width: 1, height: 1, data: new Uint8Array(3) }, false);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  return file;
}

/** An RLE BMP with a palette of gray: index 1 is (1, 1, 1). */
function encodeRle(width: number, height: number, bits: 4 | 8, packed: number[]): Buffer {
  const colors = Buffer.from(Array.from({ length: 4 * 2 ** bits }, (_, at) => (at % 4 === 3 ? 0 : at >> 2)));
  const file = bmpHeader(width, height, bits, bits === 8 ? 1 : 2).subarray(0, 54);
  file.writeUInt32LE(54 + colors.length, 10);
  return Buffer.concat([file, colors, Buffer.from(packed)]);
}

function firstChannel({ data }: Picture): number[] {
  return [...data.filter((_, at) => at % 3 === 0)];
}

describe('what was written is read', () => {
  test('PBM, eight pixels a byte, rows from a new byte, 1 is black', () => {
    const bits = Buffer.from([0b1010_0000, 0b0111_1111, 0b0000_0001, 0b1000_0000]);
    const row = (...ones: number[]) => Array.from({ length: 10 }, (_, x) => (ones.includes(x) ? 0 : 255));
    const picture = decodeNetpbm(Buffer.concat([Buffer.from('P4\n10 2\n'), bits]));
    expect([picture.width, picture.height]).toEqual([10, 2]);
    expect(firstChannel(picture)).toEqual([...row(0, 2, 9), ...row(7, 8)]);
  });

  test('BMP, upward and downward', () => {
    fc.assert(
      fc.property(pictures, fc.boolean(), (picture, topDown) => {
        expect(decodeBmp(encodeBmp(picture, topDown))).toEqual(picture);
      }),
    );
  });

  test('PPM, binary and as text with comments', () => {
    fc.assert(
      fc.property(pictures, fc.constantFrom(' ', '\n', '\r\n', '\t', ' # 1 2 3\n'), (picture, blank) => {
        const { width, height, data } = picture;
        const binary = Buffer.concat([Buffer.from(`P6${blank}${width}${blank}${height}${blank}255\n`), data]);
        expect(decodeNetpbm(binary)).toEqual(picture);
        expect(decodeNetpbm(Buffer.from(`P3\n${width} ${height}\n255\n${[...data].join(blank)}`))).toEqual(picture);
      }),
    );
  });
});

test('an RLE4 literal of an odd number of pixels takes its half byte, where Pillow loses its place', () => {
  const packed = [0, 3, 0x12, 0x30, 2, 0x45, 0, 0, 5, 0x67, 0, 1];
  expect(firstChannel(decodeBmp(encodeRle(5, 2, 4, packed)))).toEqual([6, 7, 6, 7, 6, 1, 2, 3, 4, 5]);
});

test('RLE cuts off what runs beyond a row, and skips', () => {
  const packed = [9, 1, 0, 0, 0, 2, 1, 0, 0, 3, 7, 8, 9, 0, 0, 1];
  expect(firstChannel(decodeBmp(encodeRle(3, 2, 8, packed)))).toEqual([0, 7, 8, 1, 1, 1]);
});

describe('hostile files are refused with a reason, in no time', () => {
  test.each<[string, Buffer, RegExp]>([
    ['a BMP of 4 billion pixels', bmpHeader(65_536, 65_536, 24, 0), /more than 178956970 pixels/],
    ['a BMP of negative width', bmpHeader(-5, 5, 24, 0), /more than 178956970 pixels/],
    ['a BMP without pixels', bmpHeader(0, 5, 24, 0), /no pixels/],
    ['a BMP of many pixels in few bytes', bmpHeader(13_000, 13_000, 24, 0), /truncated/],
    ['an RLE BMP that ends early', encodeRle(13_000, 13_000, 8, [9, 1, 0, 1]), /truncated/],
    ['a BMP with JPEG inside', bmpHeader(5, 5, 24, 4), /compression 4, which cannot be decoded/],
    ['a BMP of 2 bits', bmpHeader(5, 5, 2, 0), /2 bits per pixel/],
    ['RLE8 of 24 bits', bmpHeader(5, 5, 24, 1), /24 bits with compression 1/],
    ['odd masks', bmpHeader(5, 5, 32, 3).fill(0x11, 54), /truncated|masks/],
    ['a PPM of 4 billion pixels', Buffer.from('P6 65536 65536 255\n'), /more than 178956970 pixels/],
    ['a PPM of many pixels in few bytes', Buffer.from('P6 9999 9999 255\nabc'), /truncated/],
    ['a PPM as text that ends early', Buffer.from('P3 2 1 255 1 2 3 4 5 '), /truncated/],
    ['a PPM whose header never ends', Buffer.from(`P6 ${'1'.repeat(1000)}`), /header/],
    ['a PPM of no size', Buffer.from('P6 0 5 255\n'), /header/],
    ['a PGM brighter than white', Buffer.from('P2 2 1 15 16 1 '), /not a number from 0 to 15/],
    ['a PBM of twos', Buffer.from('P1 2 1 02 '), /neither 0 nor 1/],
  ])('%s', async (_, bytes, reason) => {
    const file = path.join(await temporaryFolder(), 'x.jpg');
    writeFileSync(file, bytes);
    await expect(decodeImage(file, preprocessing)).rejects.toMatchObject({ code: 'BAD_IMAGE', message: reason });
  });

  test('whatever is changed in a file, it is decoded whole or refused', () => {
    const names = ['palette-4.bmp', 'rle-8.bmp', 'rle-4.bmp', 'v5-rgba.bmp', 'os2-4.bmp', 'rgb-565.bmp'];
    const seeds = [...names, 'plain.ppm', 'plain.pbm', 'binary.pbm', 'binary-1000.ppm'].map(fixture);
    const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...seeds), changes, fc.nat(2000), (seed, places, length) => {
        const bytes = Buffer.from(seed.subarray(0, length));
        for (const [at, value] of places) if (at < bytes.length) bytes[at] = value;
        try {
          const decoded = bytes[0] === 0x42 ? decodeBmp(bytes) : decodeNetpbm(bytes);
          expect(decoded.data.length).toBe(decoded.width * decoded.height * 3);
        } catch (error) {
          expect(error).toBeInstanceOf(Undecodable);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('what a file holds decides, not its name', async () => {
  const file = path.join(await temporaryFolder(), 'x.heic');
  writeFileSync(file, fixture('rgb-24.bmp'));
  const { photograph } = await decodePhotograph(file, preprocessing);
  expect(photograph).toEqual(decodeBmp(fixture('rgb-24.bmp')));
});
