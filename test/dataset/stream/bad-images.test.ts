import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import { encodeTiledTiff } from '../../helpers/tiff.js';
import { temporaryFolder } from '../drawn-folder.js';

const preprocessing = { width: 4, height: 4, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const;
const IMAGES = path.join(import.meta.dirname, '../../fixtures/images');

/** Puts something called x.jpg into a folder of its own and decodes it. */
async function decodeMade(make: (file: string) => void): Promise<Uint8Array> {
  const file = path.join(await temporaryFolder(), 'x.jpg');
  make(file);
  return decodeImage(file, preprocessing);
}

function fixtureBytes(name: string): Buffer {
  return readFileSync(path.join(IMAGES, name));
}

/** A PNG that claims a size and has no pixels. */
function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.alloc(100));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const LFS_POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;

/** The first box of an ISO media file, and then some. */
function ftyp(...brands: string[]): Buffer {
  const box = Buffer.from(`\0\0\0\0ftyp${brands[0]}\0\0\0\0${brands.join('')}`);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, Buffer.alloc(200)]);
}

describe('what cannot be used is refused with its path and a reason', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['a missing file', () => {}, /does not exist/],
    ['an empty file', (file) => writeFileSync(file, ''), /is empty/],
    [
      'text',
      (file) => writeFileSync(file, 'just some words that are no image'),
      /is not an image that can be decoded: a JPEG, PNG, .* by its content/,
    ],
    ['a web page', (file) => writeFileSync(file, '<!DOCTYPE html><html></html>'), /web page/],
    ['a BMP of no known kind', (file) => writeFileSync(file, `BM${'\0'.repeat(60)}`), /BMP image of a kind that/],
    ['a Git LFS pointer', (file) => writeFileSync(file, LFS_POINTER), /a Git LFS pointer, .* "git lfs pull"$/],
    ['zeros', (file) => writeFileSync(file, Buffer.alloc(100_000)), /contains only zeros/],
    ['few zeros', (file) => writeFileSync(file, Buffer.alloc(3)), /contains only zeros/],
    ['a HEIC photo', (file) => writeFileSync(file, ftyp('heic')), /HEIC photo, .* heif-convert .* sips /],
    ['a HEIC photo by a general brand', (file) => writeFileSync(file, ftyp('mif1', 'heic')), /HEIC photo/],
    ['a video', (file) => writeFileSync(file, ftyp('isom')), /a video/],
    ['an SVG drawing', (file) => writeFileSync(file, '<?xml version="1.0"?>\n<svg width="1"></svg>'), /SVG drawing/],
    ['an archive', (file) => writeFileSync(file, 'PK\x03\x04 and so on'), /archive, .*: unpack it/],
    ['a folder', (file) => mkdirSync(file), /is a folder/],
    ['a FIFO, without opening it', (file) => execFileSync('sh', ['-c', 'mkfifo "$0"', file]), /not a regular file/],
    ['a dangling link', (file) => symlinkSync('nowhere', file), /broken link/],
    ['a link to itself', (file) => symlinkSync('x.jpg', file), /circular/],
    ['too many pixels', (file) => writeFileSync(file, hugePng(20_000, 20_000)), /more than 178956970 pixels/],
    [
      'a bare JPEG marker',
      (file) => writeFileSync(file, Buffer.from(`ffd8ffe0${'00'.repeat(12)}`, 'hex')),
      /damaged or truncated/,
    ],
  ])('%s', async (_, make, reason) => {
    await expect(decodeMade(make)).rejects.toMatchObject({ code: 'BAD_IMAGE', message: reason });
    await expect(decodeMade(make)).rejects.toMatchObject({ message: /x\.jpg: / });
  });

  test('a file without permission (as root, who may read all, its errno is injected)', async () => {
    if (process.getuid?.() !== 0) {
      const made = decodeMade((file) => {
        writeFileSync(file, 'x');
        chmodSync(file, 0);
      });
      await expect(made).rejects.toMatchObject({ code: 'BAD_IMAGE', message: /no permission/ });
    }
    vi.doMock('node:fs', async (original) => ({
      ...(await original<typeof import('node:fs')>()),
      openSync: () => {
        throw Object.assign(new Error('refused'), { code: 'EACCES' });
      },
    }));
    vi.resetModules();
    const { readImageBytes } = await import('../../../src/dataset/decode/image-bytes.js');
    expect(() => readImageBytes(path.join(IMAGES, 'rgb.jpg'))).toThrow(/rgb\.jpg: no permission to read it/);
    vi.doUnmock('node:fs');
  });
});

describe("truncated files are bad, at Pillow's line", () => {
  test.each([
    'rgb.jpg',
    'progressive.jpg',
    'cmyk.jpg',
    'rgb.png',
    'palette.gif',
    'rgb.webp',
    'rgb.tif',
    'lzw.tif',
    'rgb-444.avif',
  ])('%s', async (name) => {
    const bytes = fixtureBytes(name);
    for (const share of [0.5, 0.8, 0.95]) {
      const cut = bytes.subarray(0, Math.floor((bytes.length - 30) * share));
      await expect(decodeMade((file) => writeFileSync(file, cut))).rejects.toMatchObject({
        code: 'BAD_IMAGE',
        message: /truncated|damaged|not an image/,
      });
    }
  });

  test('a JPEG without its last byte is truncated', async () => {
    const bytes = fixtureBytes('rgb.jpg');
    await expect(decodeMade((file) => writeFileSync(file, bytes.subarray(0, -1)))).rejects.toMatchObject({
      message: /x\.jpg: it is truncated$/,
    });
  });

  test('bytes after the end of an image do no harm', async () => {
    const bytes = Buffer.concat([fixtureBytes('rgb.jpg'), Buffer.alloc(100)]);
    expect(await decodeMade((file) => writeFileSync(file, bytes))).toHaveLength(48);
  });
});

describe('reasons', () => {
  /** What several decoders say at once: libvips collects it in one place for the whole process. */
  const damaged: Record<string, Buffer> = {
    'header.jpg': Buffer.from(`ffd8ffe0${'00'.repeat(12)}`, 'hex'),
    'cut.jpg': fixtureBytes('rgb.jpg').subarray(0, 900),
    'cut.png': fixtureBytes('rgb.png').subarray(0, 400),
    'flipped.png': flipMiddle(fixtureBytes('rgb.png')),
    'cut.webp': fixtureBytes('rgb.webp').subarray(0, 300),
    'flipped.tif': flipMiddle(fixtureBytes('lzw.tif')),
    'cut.gif': fixtureBytes('palette.gif').subarray(0, 400),
    'flipped.avif': flipMiddle(fixtureBytes('rgb-444.avif')),
    'zstd.tif': encodeTiledTiff(new Uint8Array(3 * 256 * 256), 256, 256, { codec: 'zstd' }),
    'damaged.tif': encodeTiledTiff(new Uint8Array(3 * 256 * 256), 256, 256, {
      codec: 'lzw',
      damage: (tile) => Buffer.alloc(tile.length, 0xff),
    }),
  };

  test('are the same alone and among many, of one line and at most 200 characters', async () => {
    const folder = await temporaryFolder();
    const names = Object.keys(damaged);
    for (const name of names) writeFileSync(path.join(folder, name), damaged[name] as Buffer);
    const reasonFor = async (name: string) => {
      const error = await decodeImage(path.join(folder, name), preprocessing).then(
        () => new Error('it was decoded'),
        (thrown: Error) => thrown,
      );
      return error.message.slice(folder.length + 1);
    };
    const alone: string[] = [];
    for (const name of names) alone.push(await reasonFor(name));
    for (const reason of alone) {
      expect(reason).toMatch(/^\w+\.\w+: it(s compression,| is) .*[^:]$/);
      expect(reason).not.toMatch(/Unknown error|corrupt header|was decoded/);
      expect(reason.length).toBeLessThanOrEqual(220);
    }
    const many = Array.from({ length: 200 }, (_, index) => names[(index * 7) % names.length] as string);
    const amongMany = await Promise.all([...many, ...many].map(reasonFor));
    expect(new Set(amongMany)).toEqual(new Set(alone));
    expect(amongMany.slice(0, many.length)).toEqual(many.map((name) => alone[names.indexOf(name)]));
  });

  test.each(['cut.jpg', 'cut.png', 'cut.webp'])('%s is said to be truncated', async (name) => {
    const made = decodeMade((file) => writeFileSync(file, damaged[name] as Buffer));
    await expect(made).rejects.toMatchObject({ message: /: it is truncated$/ });
  });
});

function flipMiddle(bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes);
  for (let at = Math.floor(bytes.length / 2); at < bytes.length * 0.6; at++) flipped[at] = (bytes[at] as number) ^ 0xff;
  return flipped;
}
