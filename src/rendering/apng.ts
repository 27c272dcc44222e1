// Animated PNG files (PNG specification, third edition, 4.9 and 11.3.6): sharp writes none, and the libraries that do are no longer kept.

import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { pixelView, type Raster } from '../base/raster.js';
import { type Movie, movieFrame } from './movie.js';
import { encodeChunk, frameRows, signature, trueColorWithAlpha } from './png-chunks.js';
import { encodePngTexts } from './png-text.js';

/** Where a frame differs from the one before it. */
interface Patch {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The bytes of an animated PNG that plays for ever. Of each frame only the rectangle is kept that changes. */
export async function encodeApng(movie: Movie, texts: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
  const { width, height, durationsMs } = movie;
  const chunks = [signature, encodeChunk('IHDR', header(width, height)), ...encodePngTexts(texts)];
  chunks.push(encodeChunk('acTL', uint32(durationsMs.length, 0)));
  let sequence = 0;
  for (const [index, durationMs] of durationsMs.entries()) {
    const raster = movieFrame(movie, index);
    const patch = index === 0 ? { x: 0, y: 0, width, height } : findPatch(movieFrame(movie, index - 1), raster);
    chunks.push(encodeChunk('fcTL', frameControl(sequence++, patch, durationMs)));
    const pixels = await promisify(deflate)(frameRows(cutOut(raster, patch), patch.height), { level: 6 });
    // The first frame is what programs show that know no animation.
    if (index === 0) chunks.push(encodeChunk('IDAT', pixels));
    else chunks.push(encodeChunk('fdAT', Buffer.concat([uint32(sequence++), pixels])));
  }
  return Buffer.concat([...chunks, encodeChunk('IEND', Buffer.alloc(0))]);
}

function header(width: number, height: number): Buffer {
  return Buffer.concat([uint32(width, height), Buffer.from([8, trueColorWithAlpha, 0, 0, 0])]);
}

function frameControl(sequence: number, { x, y, width, height }: Patch, durationMs: number): Buffer {
  const delay = Buffer.alloc(4);
  delay.writeUInt16BE(Math.min(durationMs, 0xffff), 0);
  delay.writeUInt16BE(1000, 2);
  // Nothing is cleared after a frame, and nothing shows through the next one.
  return Buffer.concat([uint32(sequence, width, height, x, y), delay, Buffer.from([0, 0])]);
}

function uint32(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => {
    bytes.writeUInt32BE(number, 4 * index);
  });
  return bytes;
}

/** The smallest rectangle around all differences; one pixel where there is none. */
function findPatch(before: Raster, after: Raster): Patch {
  const { width, height } = after;
  const [old, now] = [pixelView(before), pixelView(after)];
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (old[at] === now[at]) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (bottom < 0) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function cutOut({ data, width }: Raster, patch: Patch): Uint8Array {
  const out = new Uint8Array(4 * patch.width * patch.height);
  for (let row = 0; row < patch.height; row++) {
    const from = 4 * ((patch.y + row) * width + patch.x);
    out.set(data.subarray(from, from + 4 * patch.width), 4 * row * patch.width);
  }
  return out;
}
