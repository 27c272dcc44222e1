import { createRequire } from 'node:module';
import type { Raster } from '../base/raster.js';
import { addPngText } from './png-text.js';

const require = createRequire(import.meta.url);

// Measured on the maps of a network: filters cost more time than they save bytes, level 1 is as small as level 3 within
// 5 %, and pngjs's own strategy (run lengths only) is five times as large.
const encoding = {
  colorType: 6,
  inputColorType: 6,
  filterType: 0,
  deflateLevel: 1,
  deflateStrategy: 0,
  deflateChunkSize: 2 ** 18,
} as const;

/**
 * The bytes of a PNG file (RGBA, 8 bits). The same picture gives the same bytes.
 *
 * @param texts what it says of itself to programs, by keyword
 */
export function encodePng({ width, height, data }: Raster, texts: Readonly<Record<string, string>> = {}): Uint8Array {
  const { PNG } = require('pngjs') as typeof import('pngjs'); // at the first picture: loading it takes 20 ms
  // A PNG constructed with its size allocates its pixels; these exist already.
  const png = new PNG();
  png.width = width;
  png.height = height;
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return addPngText(PNG.sync.write(png, encoding), texts);
}
