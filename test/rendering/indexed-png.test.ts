import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Color } from '../../src/base/raster.js';
import { encodeIndexedPng } from '../../src/rendering/indexed-png.js';
import { decodePng } from '../helpers/decode-png.js';

it('another program reads each pixel in the color of its index', () => {
  const palette: Color[] = [
    [1, 2, 3],
    [255, 0, 128],
    [0, 0, 0],
  ];
  const bytes = encodeIndexedPng({ width: 2, height: 2, indexes: Uint8Array.of(0, 1, 2, 1), palette });
  expect(decodePng(bytes)).toEqual({
    width: 2,
    height: 2,
    data: Uint8ClampedArray.of(1, 2, 3, 255, 255, 0, 128, 255, 0, 0, 0, 255, 255, 0, 128, 255),
  });
});

it('a picture of any size comes back', () => {
  const palette = Array.from({ length: 256 }, (_, index): Color => [index, 255 - index, 7]);
  const picture = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height })
        .map((indexes) => ({ width, height, indexes, palette })),
    );
  fc.assert(
    fc.property(picture, (given) => {
      const { width, height, data } = decodePng(encodeIndexedPng(given));
      const red = data.filter((_, index) => index % 4 === 0);
      return width === given.width && height === given.height && given.indexes.every((each, at) => red[at] === each);
    }),
    { numRuns: 50 },
  );
});
