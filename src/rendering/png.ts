import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import type { Raster } from '../base/raster.js';
import { frameRows, signature, trueColorWithAlpha } from './png-chunks.js';
import { encodePngTexts } from './png-text.js';

const require = createRequire(import.meta.url);

/** pngjs's own maker of chunks, for which there are no types. */
interface Packer {
  packIHDR(width: number, height: number): Buffer;
  packIDAT(deflated: Buffer): Buffer;
  packIEND(): Buffer;
}

/**
 * The bytes of a PNG file (RGBA, 8 bits). The same picture gives the same bytes.
 *
 * @param texts what it says of itself to programs, by keyword
 */
export function encodePng({ width, height, data }: Raster, texts: Readonly<Record<string, string>> = {}): Uint8Array {
  // PNG.sync.write would move the pixels byte by byte: half of the time. At the first picture: loading it takes 20 ms.
  const ChunkPacker = require('pngjs/lib/packer.js') as new (options: object) => Packer;
  const packer = new ChunkPacker({ colorType: trueColorWithAlpha });
  const rows = frameRows(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), height);
  // Measured on the maps of a network: filters cost more time than they save bytes, level 1 is as small as level 3 within
  // 5 %, and pngjs's own strategy (run lengths only) is five times as large.
  const deflated = deflateSync(rows, { level: 1, chunkSize: 2 ** 18 });
  return Buffer.concat([
    signature,
    packer.packIHDR(width, height),
    ...encodePngTexts(texts),
    packer.packIDAT(deflated),
    packer.packIEND(),
  ]);
}
