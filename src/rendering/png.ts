import type { Raster } from '../raster.js';
import { encodePngFile } from './png-file.js';

/**
 * The bytes of a PNG file (RGBA, 8 bits). The same picture gives the same bytes. Level 1: of maps it is as small as level 3
 * within 5 %.
 */
export function encodePng({ width, height, data }: Raster): Uint8Array {
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return encodePngFile({ width, height, color: 'rgba', pixels, level: 1 });
}
