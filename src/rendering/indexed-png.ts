// PNG files with a palette, whose indexes can be read back.

import { constants, deflateSync } from 'node:zlib';
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
  return encodePalettePng({ width, height, palette }, deflateSync(frameRows(indexes, height), { level: 6 }));
}

/** @param pixels the rows with their filters, compressed */
function encodePalettePng({ width, height, palette }: Omit<IndexedPicture, 'indexes'>, pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexedColor], 8);
  return Buffer.concat([
    signature,
    encodeChunk('IHDR', header),
    encodeChunk('PLTE', Buffer.from(palette.flat())),
    encodeChunk('IDAT', pixels),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * The same with rows filtered: of each row the smaller of the row as it is, its differences to the pixels before (filter 1) and
 * to the row above (filter 2).
 */
export function encodeFilteredPng({ width, height, indexes, palette }: IndexedPicture): Uint8Array {
  const rows = filterRows(indexes, width, height);
  // What filters leave of maps repeats in runs at most, and takes a twentieth less as such; what they leave of colors does not.
  const [runs, matches] = [constants.Z_RLE, constants.Z_FILTERED].map((strategy) =>
    deflateSync(rows, { level: 6, strategy }),
  ) as [Buffer, Buffer];
  return encodePalettePng({ width, height, palette }, runs.length < matches.length ? runs : matches);
}

function filterRows(indexes: Uint8Array, width: number, height: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  const none = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    const row = indexes.subarray(y * width, (y + 1) * width);
    const above = y === 0 ? none : indexes.subarray((y - 1) * width, y * width);
    const filter = chooseFilter(row, above);
    const start = y * (width + 1);
    rows[start] = filter;
    for (let x = 0; x < width; x++) {
      const before = filter === 0 ? 0 : filter === 1 ? (row[x - 1] ?? 0) : (above[x] as number);
      rows[start + 1 + x] = (row[x] as number) - before;
    }
  }
  return rows;
}

/** The usual guess: by which the sum of the sizes of what is left is smallest. */
function chooseFilter(row: Uint8Array, above: Uint8Array): 0 | 1 | 2 {
  let [none, sub, up] = [0, 0, 0];
  let before = 0;
  for (let x = 0; x < row.length; x++) {
    const value = row[x] as number;
    none += value;
    sub += Math.abs(value - before);
    up += Math.abs(value - (above[x] as number));
    before = value;
  }
  if (none <= sub && none <= up) return 0;
  return sub <= up ? 1 : 2;
}
