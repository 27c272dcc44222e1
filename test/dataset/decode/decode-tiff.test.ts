import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import { encodeTiledTiff, type TiledTiffOptions } from '../../helpers/tiff.js';
import { temporaryFolder } from '../drawn-folder.js';

const WIDTH = 48;
const HEIGHT = 32;
/** no two neighboring pixels alike, nothing black */
const RGB = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => 20 + ((at * 37) % 211));

async function decode(bytes: Buffer): Promise<Uint8Array> {
  const file = path.join(await temporaryFolder(), 'tiled.tif');
  writeFileSync(file, bytes);
  return decodeImage(file, { width: WIDTH, height: HEIGHT, interpolation: 'nearest', autoOrient: false, rescale: 1 });
}

function encode(options: TiledTiffOptions): Buffer {
  return encodeTiledTiff(RGB, WIDTH, HEIGHT, options);
}

/** Tags of GeoTIFF and of nobody, values of the wrong kind, text without an end, an entry twice, out of order. */
const ODD_TAGS: TiledTiffOptions['extraTags'] = [
  [33_550, 12, 3, 16],
  [34_737, 2, 40, 16],
  [42_113, 2, 5, 16],
  [65_000, 99, 5, 16],
  [305, 2, 30, 16],
  [256, 4, 1, WIDTH],
  [282, 5, 1, 16],
];

describe('tiled TIFFs', () => {
  test.each<TiledTiffOptions>([
    { codec: 'none' },
    { codec: 'lzw' },
    { codec: 'deflate' },
    { codec: 'packbits' },
    { codec: 'deflate', bigEndian: true },
    { codec: 'deflate', big: true },
    { codec: 'lzw', big: true, bigEndian: true },
    { codec: 'deflate', extraTags: ODD_TAGS },
  ])('%j come out as they went in', async (options) => {
    expect(Buffer.from(await decode(encode(options))).equals(Buffer.from(RGB))).toBe(true);
  });

  test.each<[TiledTiffOptions, RegExp]>([
    [{ codec: 'zstd' }, /: its compression, ZSTD, is not supported; save it again with LZW or Deflate$/],
    [{ codec: 'lzma' }, /: its compression, LZMA, is not supported/],
    [{ codec: 'unknown' }, /compression.* 12345/i],
    [{ codec: 'zstd', extraTags: ODD_TAGS }, /ZSTD/],
  ])('with a codec that the decoder lacks, %j, are refused', async (options, reason) => {
    await expect(decode(encode(options))).rejects.toMatchObject({ code: 'BAD_IMAGE', message: reason });
  });

  const flip = (tile: Buffer) => Buffer.from(tile.map((byte, at) => (at > tile.length / 2 ? byte ^ 0x55 : byte)));
  const damages: [string, (tile: Buffer, index: number) => Buffer][] = [
    ['one tile changed', (tile, index) => (index === 4 ? flip(tile) : tile)],
    ['one tile cut short', (tile, index) => (index === 5 ? tile.subarray(0, tile.length / 2) : tile)],
    ['every tile of zeros', (tile) => Buffer.alloc(tile.length)],
    ['one tile empty', (tile, index) => (index === 1 ? tile.subarray(0, 0) : tile)],
  ];
  const cases = damages.flatMap(([name, damage]) => [
    { name, options: { codec: 'deflate', damage } as const },
    { name, options: { codec: 'deflate', damage, big: true, extraTags: ODD_TAGS } as const },
    { name, options: { codec: 'lzw', damage } as const },
  ]);
  test.each(cases)('$options.codec with $name are refused', async ({ options }) => {
    await expect(decode(encode(options))).rejects.toMatchObject({ code: 'BAD_IMAGE', message: /damaged or truncated/ });
  });

  test('cut short anywhere are refused, never black', async () => {
    for (const codec of ['none', 'lzw', 'deflate'] as const) {
      const whole = encode({ codec });
      for (let share = 0.05; share < 1; share += 0.05) {
        const cut = whole.subarray(0, Math.floor(whole.length * share));
        await expect(decode(cut)).rejects.toMatchObject({ code: 'BAD_IMAGE', message: /: it is truncated$/ });
      }
    }
  });
});
