import type { Raster } from '../base/raster.js';
import { assemblePng, trueColorWithAlpha } from './png-chunks.js';
import { encodePngTexts } from './png-text.js';

/**
 * The bytes of a PNG file (RGBA, 8 bits). The same picture gives the same bytes.
 *
 * @param texts what it says of itself to programs, by keyword
 */
export function encodePng({ width, height, data }: Raster, texts: Readonly<Record<string, string>> = {}): Uint8Array {
  // Measured on the maps of a network: filters cost more time than they save bytes, and level 1 is as small as level 3
  // within 5 %.
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return assemblePng({ width, height, colorType: trueColorWithAlpha, pixels, level: 1, chunks: encodePngTexts(texts) });
}
