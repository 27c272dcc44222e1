// The parts of a PNG file (PNG specification, third edition).

import { crc32 } from 'node:zlib';

export const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Color types: red, green, blue and alpha of eight bits each; places in a palette. */
export const trueColorWithAlpha = 6;
export const indexedColor = 3;

/**
 * What is compressed: no row is filtered, so each is a 0 and its pixels, copied as a whole.
 *
 * @param memory to write to, of `framedLength` or more bytes; default is new memory
 */
export function frameRows(pixels: Uint8Array, height: number, memory?: ArrayBuffer): Uint8Array {
  const length = pixels.length / height;
  const byteCount = framedLength(pixels, height);
  const rows = new Uint8Array(memory ?? new ArrayBuffer(byteCount), 0, byteCount);
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1);
    rows[start] = 0;
    rows.set(pixels.subarray(y * length, (y + 1) * length), start + 1);
  }
  return rows;
}

export function framedLength(pixels: Uint8Array, height: number): number {
  return pixels.length + height;
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
