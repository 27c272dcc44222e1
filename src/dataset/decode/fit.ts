// An image to the proportions of the network's input.

import type { Size } from './image-size.js';
import type { RgbPixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';

/**
 * What of an image the network sees, at the image's own size: all of it, its middle, or all with black bars beside it. The
 * boxes are those of Keras's `load_img(keep_aspect_ratio=True)` and `image_dataset_from_directory(pad_to_aspect_ratio=True)`.
 */
export function fitRgb(source: RgbPixels, preprocessing: Preprocessing): RgbPixels {
  const { fit = 'stretch' } = preprocessing;
  if (fit === 'crop') return cutOut(source, cropBox(source, preprocessing));
  if (fit === 'stretch') return source;
  const { columns, rows } = proportionalSides(source, preprocessing);
  return padAround(source, Math.max(source.width, columns), Math.max(source.height, rows));
}

/** A rectangle of an image, pixels. */
export interface Box extends Size {
  left: number;
  top: number;
}

/** The middle of an image, in the proportions of the network's input. */
export function cropBox(source: Size, input: Size): Box {
  const { columns, rows } = proportionalSides(source, input);
  const width = Math.max(1, Math.min(source.width, columns));
  const height = Math.max(1, Math.min(source.height, rows));
  const left = Math.floor((source.width - width) / 2);
  const top = Math.floor((source.height - height) / 2);
  return { width, height, left, top };
}

/** What the network sees of an image, in its pixels; with bars beside it, it begins above or left of the image. */
export function seenBox(source: Size, preprocessing: Pick<Preprocessing, 'height' | 'width' | 'fit'>): Box {
  const { fit = 'stretch' } = preprocessing;
  if (fit === 'crop') return cropBox(source, preprocessing);
  if (fit === 'stretch') return { left: 0, top: 0, width: source.width, height: source.height };
  const { columns, rows } = proportionalSides(source, preprocessing);
  const [width, height] = [Math.max(source.width, columns), Math.max(source.height, rows)];
  return {
    left: -Math.floor((width - source.width) / 2),
    top: -Math.floor((height - source.height) / 2),
    width,
    height,
  };
}

/** Each side of an image as the other one asks for it, in the proportions of the network's input. */
function proportionalSides(source: Size, input: Size): { columns: number; rows: number } {
  return {
    columns: Math.floor((source.height * input.width) / input.height),
    rows: Math.floor((source.width * input.height) / input.width),
  };
}

function cutOut(source: RgbPixels, { width, height, left, top }: Box): RgbPixels {
  if (width === source.width && height === source.height) return source;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * source.width + left) * 3;
    data.set(source.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
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
