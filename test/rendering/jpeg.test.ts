import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { encodeJpeg } from '../../src/rendering/jpeg.js';

it('an image is made smaller in its proportions, never larger, and carries no metadata', async () => {
  const { width, height, bytes } = await encodeJpeg(createRaster(400, 100, [200, 30, 10]), 100);
  const metadata = await sharp(bytes).metadata();
  expect([width, height, metadata.format, metadata.width, metadata.exif]).toEqual([100, 25, 'jpeg', 100, undefined]);
  expect((await encodeJpeg(createRaster(40, 30, [200, 30, 10]), 100)).width).toBe(40);
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect(Math.max(...[200, 30, 10].map((part, index) => Math.abs(part - (data[index] as number))))).toBeLessThan(4);
});
