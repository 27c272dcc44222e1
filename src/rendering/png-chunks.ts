// The parts of a PNG file (PNG specification, third edition).

import { crc32, deflateSync } from 'node:zlib';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Color types: red, green, blue and alpha of eight bits each; places in a palette. */
export const trueColorWithAlpha = 6;
export const indexedColor = 3;

/** What a file consists of. */
export interface PngParts {
  width: number;
  height: number;
  colorType: number;
  /** row by row, each after its number of bytes a pixel */
  pixels: Uint8Array;
  /** of the compression, 1 (fast) to 9 */
  level: number;
  /** chunks between the header and the pixels */
  chunks: readonly Uint8Array[];
}

/** The bytes of a file. No row is filtered: every row is a 0 and its pixels, copied as a whole. */
export function assemblePng({ width, height, colorType, pixels, level, chunks }: PngParts): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colorType], 8);
  const length = pixels.length / height;
  const rows = new Uint8Array((length + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * length, (y + 1) * length), y * (length + 1) + 1);
  return Buffer.concat([
    Buffer.from(signature),
    encodeChunk('IHDR', header),
    ...chunks,
    encodeChunk('IDAT', deflateSync(rows, { level, chunkSize: 2 ** 18 })),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, type, data, and the checksum of the latter two. */
export function encodeChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
