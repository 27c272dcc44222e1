// An image at another size, framed.

import { type Color, createRaster, fillRectangle, pixelView, type Raster } from '../base/raster.js';

const frameColor: Color = [160, 160, 170];

/** By which whole factor an image is made larger (or, below 1, smaller) to fit a square. Size in pixels. */
export function thumbnailFactor({ width, height }: Pick<Raster, 'width' | 'height'>, size: number): number {
  const longest = Math.max(width, height);
  return longest <= size ? Math.floor(size / longest) : 1 / Math.ceil(longest / size);
}

/** An image larger or smaller, without a frame. Size of its longer side at most, pixels. */
export function makeThumbnail(photograph: Raster, size: number): Raster {
  const factor = thumbnailFactor(photograph, size);
  const [width, height] = [Math.floor(photograph.width * factor), Math.floor(photograph.height * factor)];
  const thumbnail = createRaster(width, height, frameColor);
  copyPixels(thumbnail, photograph, 0, 0, factor);
  return thumbnail;
}

/** Paints an image by a factor of `thumbnailFactor`, with a line around it: a white one has an edge too. */
export function paintThumbnail(target: Raster, photograph: Raster, x: number, y: number, factor: number): void {
  const [width, height] = [Math.floor(photograph.width * factor), Math.floor(photograph.height * factor)];
  fillRectangle(target, x - 1, y - 1, width + 2, height + 2, frameColor);
  copyPixels(target, photograph, x, y, factor);
}

function copyPixels(target: Raster, photograph: Raster, x: number, y: number, factor: number): void {
  const [width, height] = [Math.floor(photograph.width * factor), Math.floor(photograph.height * factor)];
  const pixels = pixelView(target);
  const from = pixelView(photograph);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place = (y + row) * target.width + x + column;
      if (factor >= 1) {
        pixels[place] = from[Math.floor(row / factor) * photograph.width + Math.floor(column / factor)] as number;
      } else averagePixels(photograph, { column, row, step: 1 / factor }, target.data, place * 4);
    }
  }
}

/** The mean of a square of pixels. */
function averagePixels(
  { data, width }: Raster,
  { column, row, step }: { column: number; row: number; step: number },
  to: Uint8ClampedArray,
  offset: number,
): void {
  const size = Math.round(step);
  for (let part = 0; part < 3; part++) {
    let sum = 0;
    for (let index = 0; index < size * size; index++) {
      const place = (row * size + Math.floor(index / size)) * width + column * size + (index % size);
      sum += data[place * 4 + part] as number;
    }
    to[offset + part] = sum / size ** 2;
  }
}
