import { crc32, deflateSync } from 'node:zlib';

/** What a PNG file holds (PNG specification, third edition), 8 bits a sample. */
export interface PngFile {
  width: number;
  height: number;
  color: keyof typeof colorTypes;
  /** height rows of width pixels */
  pixels: Uint8Array;
  /** of an indexed picture: red, green, blue, 256 times at most */
  palette?: readonly number[];
  /** of zlib, 1 (fast) to 9 (small) */
  level: number;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const colorTypes = { indexed: { code: 3, size: 1 }, rgba: { code: 6, size: 4 } };

/** The file's bytes. No row is filtered: in pictures of maps a filter costs more time than it saves bytes. */
export function encodePngFile({ width, height, color, pixels, palette, level }: PngFile): Uint8Array {
  const { code, size } = colorTypes[color];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, code], 8);
  const rowLength = width * size;
  const rows = Buffer.alloc((1 + rowLength) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * rowLength, (y + 1) * rowLength), y * (1 + rowLength) + 1);
  }
  return Buffer.concat([
    Buffer.from(signature),
    encodeChunk('IHDR', header),
    ...(palette ? [encodeChunk('PLTE', Buffer.from(palette))] : []),
    encodeChunk('IDAT', deflateSync(rows, { level, chunkSize: 2 ** 20 })),
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
