import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { deflate, deflateSync } from 'node:zlib';
import type { Raster } from '../base/raster.js';
import { encodeChunk, framedLength, frameRows, signature, trueColorWithAlpha } from './png-chunks.js';
import { encodePngTexts } from './png-text.js';

const require = createRequire(import.meta.url);

/** pngjs's own maker of chunks, for which there are no types. */
interface Packer {
  packIHDR(width: number, height: number): Buffer;
  packIEND(): Buffer;
}

/**
 * Measured on the maps of a network: filters cost more time than they save bytes, level 1 is as small as level 3 within 10 %,
 * pngjs's own strategy (run lengths only) is five times as large, and rows without alpha take as long, as their pixels cannot be
 * copied as a whole. A chunk holds most whole pictures, so that zlib's threads need not be asked twice.
 */
const compression = { level: 1, chunkSize: 2 ** 20 };

const deflateInBackground = promisify<Uint8Array, typeof compression, Buffer>(deflate);

/**
 * The bytes of a PNG file (RGBA, 8 bits). The same picture gives the same bytes.
 *
 * @param texts what it says of itself to programs, by keyword
 */
export function encodePng(raster: Raster, texts: Readonly<Record<string, string>> = {}): Uint8Array {
  return assemble(raster, texts, deflateSync(frameRows(bytesOf(raster), raster.height), compression));
}

/** The same bytes, compressed in zlib's own threads while the caller draws on. The picture may be changed at once. */
export async function encodePngInBackground(
  raster: Raster,
  texts: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const bytes = bytesOf(raster);
  const memory = takeMemory(framedLength(bytes, raster.height));
  try {
    return assemble(raster, texts, await deflateInBackground(frameRows(bytes, raster.height, memory), compression));
  } finally {
    keepMemory(memory);
  }
}

/** As many as are compressed at once where one is drawn meanwhile. */
const keptAtMost = 2;

/** What pictures were compressed from, the largest first: each has megabytes, and the next one is likely as large. */
const kept: ArrayBuffer[] = [];

function takeMemory(byteCount: number): ArrayBuffer {
  return (kept[0]?.byteLength ?? 0) < byteCount ? new ArrayBuffer(byteCount) : (kept.shift() as ArrayBuffer);
}

function keepMemory(memory: ArrayBuffer): void {
  kept.push(memory);
  kept.sort((a, b) => b.byteLength - a.byteLength).splice(keptAtMost);
}

function bytesOf({ data }: Raster): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function assemble({ width, height }: Raster, texts: Readonly<Record<string, string>>, deflated: Uint8Array): Buffer {
  // PNG.sync.write would move the pixels byte by byte: half of the time. At the first picture: loading it takes 20 ms.
  const ChunkPacker = require('pngjs/lib/packer.js') as new (options: object) => Packer;
  const packer = new ChunkPacker({ colorType: trueColorWithAlpha });
  return Buffer.concat([
    signature,
    packer.packIHDR(width, height),
    ...encodePngTexts(texts),
    encodeChunk('IDAT', deflated), // with Node's checksum, which takes a tenth of pngjs's time
    packer.packIEND(),
  ]);
}
