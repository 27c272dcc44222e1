import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { lookAtPhotograph } from '../../../src/dataset/decode/decode.js';
import { type ImageObservation, observeImage } from '../../../src/dataset/examine/observation.js';
import { encodeTiff } from '../decode/written-tiff.js';
import { temporaryFolder } from '../drawn-folder.js';

const WIDTH = 32;
const HEIGHT = 16;
/** 0..255, no two neighbors the same */
const values = Array.from({ length: WIDTH * HEIGHT }, (_, index) => (index * 7) % 256);

async function observe(name: string, bytes: Uint8Array, autoOrient = false): Promise<ImageObservation> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, bytes);
  return lookAtPhotograph(file, autoOrient, observeImage);
}

function draw() {
  return sharp(Buffer.from(values), { raw: { width: WIDTH, height: HEIGHT, channels: 1 } });
}

function encodePng16(data: number[]): Buffer {
  const png = new PNG({ width: WIDTH, height: HEIGHT, bitDepth: 16, colorType: 0, inputColorType: 0 });
  png.data = Buffer.from(Uint16Array.from(data).buffer);
  return PNG.sync.write(png, { bitDepth: 16, colorType: 0, inputColorType: 0 });
}

test.each(['jpeg', 'png', 'webp'] as const)(
  'the orientation of a %s file is read as the decoder does',
  async (format) => {
    for (const orientation of [1, 3, 6, 8]) {
      const bytes = await draw().withMetadata({ orientation }).toFormat(format).toBuffer();
      expect(await observe(`x.${format}`, bytes)).toMatchObject({ orientation, width: WIDTH, height: HEIGHT });
      const turned = orientation > 4 ? { width: HEIGHT, height: WIDTH } : { width: WIDTH, height: HEIGHT };
      expect(await observe(`x.${format}`, bytes, true)).toMatchObject({ orientation, ...turned });
    }
  },
);

test('a TIFF file is turned as it asks for whoever decodes it, and so is never stored turned', async () => {
  for (const autoOrient of [false, true]) {
    const bytes = await draw().withMetadata({ orientation: 6 }).tiff().toBuffer();
    const seen = await observe('x.tif', bytes, autoOrient);
    expect(seen).toMatchObject({ orientation: 1, width: HEIGHT, height: WIDTH });
  }
});

test('a file without Exif data is stored as it is seen, and one with damaged Exif data too', async () => {
  expect((await observe('x.jpg', await draw().jpeg().toBuffer())).orientation).toBe(1);
  const bytes = await draw().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  bytes.writeUInt32LE(0xfffffff0, bytes.indexOf('II*\0') + 4);
  expect((await observe('x.jpg', bytes)).orientation).toBe(1);
});

test('12-bit values in a 16-bit file are dark, those that use the range are not', async () => {
  const twelve = values.map((value) => value * 16);
  const sixteen = values.map((value) => value * 257);
  expect((await observe('x.png', encodePng16(twelve))).depth).toBe('dark');
  expect((await observe('x.png', encodePng16(sixteen))).depth).toBe('none');
  expect((await observe('x.tif', encodeTiff(Uint16Array.from(twelve), WIDTH, HEIGHT))).depth).toBe('dark');
  expect((await observe('x.tif', encodeTiff(Uint16Array.from(sixteen), WIDTH, HEIGHT))).depth).toBe('none');
  expect((await observe('x.png', await draw().png().toBuffer())).depth).toBe('none');
});

test('floating point values from 0 to 1 come out black; larger ones and 32-bit ones are cut off', async () => {
  const unit = Float32Array.from(values, (value) => value / 255);
  expect((await observe('x.tif', encodeTiff(unit, WIDTH, HEIGHT))).depth).toBe('black');
  expect((await observe('x.tif', encodeTiff(Float32Array.from(values), WIDTH, HEIGHT))).depth).toBe('clipped');
  const wide = Uint32Array.from(values, (value) => value * 2 ** 24);
  expect((await observe('x.tif', encodeTiff(wide, WIDTH, HEIGHT))).depth).toBe('clipped');
});

test('one color throughout is distinguished from one pixel of another', async () => {
  const flat = Buffer.alloc(30 * 20 * 3, 90);
  const raw = { width: 30, height: 20, channels: 3 } as const;
  const observed = await observe('x.png', await sharp(flat, { raw }).png().toBuffer());
  expect(observed).toMatchObject({ isConstant: true, perceptual: undefined, format: 'png', width: 30, height: 20 });
  flat[flat.length - 1] = 91;
  expect((await observe('x.png', await sharp(flat, { raw }).png().toBuffer())).isConstant).toBe(false);
});

test.each(['png', 'gif', 'tiff'] as const)(
  'the content of a %s file is the first 128 bits of the SHA-256 of its bytes',
  async (format) => {
    // A GIF's transparent color and a TIFF's tags that concern no pixels are changed to decode it.
    const image = sharp(Buffer.alloc(WIDTH * HEIGHT * 4, 90), { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
    const bytes = await image
      .withExif({ IFD0: { Artist: 'Ada' } })
      .toFormat(format)
      .toBuffer();
    const { content } = await observe(`x.${format}`, bytes);
    const expected = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    expect(Buffer.from(content.buffer).toString('hex')).toBe(expected);
  },
);
