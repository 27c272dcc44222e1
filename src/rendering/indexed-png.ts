// PNG files with a palette, whose indexes can be read back.

import { deflateSync } from 'node:zlib';
import type { Color } from '../base/raster.js';
import { encodeChunk, frameRows, indexedColor, signature } from './png-chunks.js';

/** A picture whose pixels are places in a table of colors. */
export interface IndexedPicture {
  width: number;
  height: number;
  /** one a pixel, row by row */
  indexes: Uint8Array;
  /** 256 at most */
  palette: readonly Color[];
}

/**
 * The bytes of a PNG file with a palette: one byte a pixel, a quarter of what RGBA takes, and whoever reads the file gets the
 * indexes back. pngjs writes none of these.
 */
export function encodeIndexedPng({ width, height, indexes, palette }: IndexedPicture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexedColor], 8);
  return Buffer.concat([
    signature,
    encodeChunk('IHDR', header),
    encodeChunk('PLTE', Buffer.from(palette.flat())),
    encodeChunk('IDAT', deflateSync(frameRows(indexes, height), { level: 6 })),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}
