// PNG files with a palette, whose indexes can be read back.

import { crc32, deflateSync } from 'node:zlib';
import type { Color } from '../base/raster.js';

/** A picture whose pixels are places in a table of colors. */
export interface IndexedPicture {
  width: number;
  height: number;
  /** one a pixel, row by row */
  indexes: Uint8Array;
  /** 256 at most */
  palette: readonly Color[];
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const indexedColor = 3;

/**
 * The bytes of a PNG file with a palette (PNG specification, third edition): one byte a pixel, a quarter of what RGBA takes,
 * and whoever reads the file gets the indexes back. No row is filtered: every row is a 0 and its indexes.
 */
export function encodeIndexedPng({ width, height, indexes, palette }: IndexedPicture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexedColor], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from(signature),
    encodeChunk('IHDR', header),
    encodeChunk('PLTE', Buffer.from(palette.flat())),
    encodeChunk('IDAT', deflateSync(rows, { level: 6 })),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, type, data, and the checksum of the latter two. */
function encodeChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
