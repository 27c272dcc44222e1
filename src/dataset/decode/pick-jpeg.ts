// Which pixels of a JPEG a network gets.

import { cropBox } from './fit.js';
import { readImageTags } from './image-tags.js';
import { readPlainJpegSize } from './plain-jpeg.js';
import type { Preprocessing } from './preprocessing.js';
import type { ImageContent } from './read-image.js';
import { nearestIndexes } from './resample.js';

/** A JPEG file, and which of its rows and columns are the network's input. */
export interface PickedJpeg {
  bytes: Buffer;
  /** ascending, one a row of the input */
  rows: Int32Array;
  /** ascending, one a column of the input */
  columns: Int32Array;
}

/**
 * The pixels that `decodeImage` picks out of a JPEG.
 *
 * @returns undefined for other files, JPEGs whose pixels depend on who decodes them, and where pixels are mixed or turned
 */
export function pickJpeg({ bytes, header }: ImageContent, preprocessing: Preprocessing): PickedJpeg | undefined {
  const { width, height, interpolation, autoOrient, fit = 'stretch' } = preprocessing;
  if (header.format !== 'jpeg' || fit === 'pad') return undefined;
  const size = readPlainJpegSize(bytes);
  if (size === undefined || (autoOrient && readImageTags(bytes, header).orientation !== 1)) return undefined;
  const box = fit === 'crop' ? cropBox(size, preprocessing) : { ...size, left: 0, top: 0 };
  const isResized = box.width !== width || box.height !== height;
  if (isResized && interpolation !== 'nearest') return undefined;
  return {
    bytes,
    rows: nearestIndexes(box.height, height).map((row) => box.top + row),
    columns: nearestIndexes(box.width, width).map((column) => box.left + column),
  };
}
