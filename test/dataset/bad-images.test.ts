import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { decodeImage } from '../../src/dataset/decode.js';
import { temporaryFolder } from './drawn-folder.js';

const preprocessing = { width: 4, height: 4, interpolation: 'nearest', autoOrient: false, rescale: 1 } as const;
const IMAGES = path.join(import.meta.dirname, '../fixtures/images');

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
    ['a BMP under a wrong name', (file) => writeFileSync(file, `BM${'\0'.repeat(60)}`), /BMP/],
    ['a folder', (file) => mkdirSync(file), /is a folder/],
    ['a FIFO, without opening it', (file) => execFileSync('sh', ['-c', 'mkfifo "$0"', file]), /not a regular file/],
    ['a dangling link', (file) => symlinkSync('nowhere', file), /link to nothing/],
    ['a link to itself', (file) => symlinkSync('x.jpg', file), /in a circle/],
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
    const { readImageBytes } = await import('../../src/dataset/image-bytes.js');
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
