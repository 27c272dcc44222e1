// An image to the proportions of the network's input.

import type { RgbPixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';

/**
 * What of an image the network sees, at the image's own size: all of it, its middle, or all with black bars beside it. The
 * boxes are those of Keras's `load_img(keep_aspect_ratio=True)` and `image_dataset_from_directory(pad_to_aspect_ratio=True)`.
 */
export function fitRgb(source: RgbPixels, { width, height, fit = 'stretch' }: Preprocessing): RgbPixels {
  const columns = Math.floor((source.height * width) / height);
  const rows = Math.floor((source.width * height) / width);
  if (fit === 'crop') return cropMiddle(source, Math.min(source.width, columns), Math.min(source.height, rows));
  if (fit === 'pad') return padAround(source, Math.max(source.width, columns), Math.max(source.height, rows));
  return source;
}

function cropMiddle(source: RgbPixels, width: number, height: number): RgbPixels {
  if (width === source.width && height === source.height) return source;
  const left = Math.floor((source.width - Math.max(1, width)) / 2);
  const top = Math.floor((source.height - Math.max(1, height)) / 2);
  const cut = { width: Math.max(1, width), height: Math.max(1, height) };
  const data = new Uint8Array(cut.width * cut.height * 3);
  for (let y = 0; y < cut.height; y++) {
    const from = ((top + y) * source.width + left) * 3;
    data.set(source.data.subarray(from, from + cut.width * 3), y * cut.width * 3);
  }
  return { ...cut, data };
}

function padAround(source: RgbPixels, width: number, height: number): RgbPixels {
  if (width === source.width && height === source.height) return source;
  const left = Math.floor((width - source.width) / 2);
  const top = Math.floor((height - source.height) / 2);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < source.height; y++) {
    const from = y * source.width * 3;
    data.set(source.data.subarray(from, from + source.width * 3), ((top + y) * width + left) * 3);
  }
  return { width, height, data };
}
