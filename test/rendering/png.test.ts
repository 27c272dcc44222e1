import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePng } from '../../src/rendering/png.js';
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
