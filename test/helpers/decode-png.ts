import { PNG } from 'pngjs';
import type { Raster } from '../../src/base/raster.js';

/** The picture in a PNG file, as another program reads it. Throws when it is none. */
export function decodePng(bytes: Uint8Array): Raster {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return { width, height, data: new Uint8ClampedArray(data) };
}
