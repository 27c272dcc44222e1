import { expect, test } from 'vitest';
import { createRaster, rasterFromPixels } from '../../src/base/raster.js';
import { paintThumbnail, thumbnailFactor } from '../../src/rendering/thumbnail.js';

const reds = ({ data }: { data: Uint8ClampedArray }) => Array.from(data.filter((_, index) => index % 4 === 0));

test('an image is made larger or smaller by a whole factor, never beyond the size', () => {
  const factors = [
    [150, 150],
    [48, 20],
    [151, 100],
    [600, 10],
  ].map(([width = 0, height = 0]) => thumbnailFactor({ width, height }, 150));
  expect(factors).toEqual([1, 3, 1 / 2, 1 / 4]);
});

test('smaller, a pixel is the mean of those that it stands for; larger, each is a square; both have a frame', () => {
  const image = rasterFromPixels([0, 10, 100, 100, 20, 30, 100, 100], 4, 2, 1);
  const small = createRaster(4, 3, [255, 255, 255]);
  paintThumbnail(small, image, 1, 1, 1 / 2);
  expect(reds(small)).toEqual([160, 160, 160, 160, 160, 15, 100, 160, 160, 160, 160, 160]);
  const large = createRaster(4, 4, [255, 255, 255]);
  paintThumbnail(large, rasterFromPixels([7], 1, 1, 1), 1, 1, 2);
  expect(reds(large)).toEqual([160, 160, 160, 160, 160, 7, 7, 160, 160, 7, 7, 160, 160, 160, 160, 160]);
});
