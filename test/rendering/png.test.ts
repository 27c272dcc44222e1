import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePng, encodePngInBackground } from '../../src/rendering/png.js';
import { decodePng } from '../helpers/decode-png.js';

test('a picture survives encoding and decoding, transparency included', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.nat(255)),
      (...args) => {
        const [width, height, bytes] = args;
        const picture = {
          width,
          height,
          data: Uint8ClampedArray.from({ length: width * height * 4 }, () => bytes.next().value),
        };
        expect(decodePng(encodePng(picture))).toEqual(picture);
      },
    ),
  );
});

test('a picture that is compressed in the background is the same file, whatever becomes of the picture meanwhile', async () => {
  // noise comes to more than one chunk of the compressor
  const data = Uint8ClampedArray.from({ length: 700 * 700 * 4 }, (_, index) => Math.imul(index, 2654435761) >>> 24);
  const picture = { width: 700, height: 700, data };
  const texts = { Layer: 'conv2d_1' };
  const expected = encodePng(picture, texts);
  const encoding = encodePngInBackground(picture, texts);
  data.fill(0);
  expect(Buffer.from(await encoding).equals(expected)).toBe(true);
});

test('pictures of any size that are compressed one after the other do not mix', async () => {
  const draw = (width: number, height: number, gray: number) => ({
    ...{ width, height },
    data: new Uint8ClampedArray(width * height * 4).fill(gray),
  });
  const pictures = [draw(9, 9, 255), draw(40, 7, 200), draw(3, 5, 0), draw(40, 7, 1), draw(2, 60, 77)];
  for (const picture of pictures) expect(decodePng(await encodePngInBackground(picture))).toEqual(picture);
  const together = await Promise.all(pictures.map((picture) => encodePngInBackground(picture)));
  expect(together.map(decodePng)).toEqual(pictures);
});
