// Animated WebP files.

import type { Movie } from './movie.js';

/** WebP has no larger pictures. Pixels. */
const WEBP_SIDE = 16383;

/** The bytes of an animated WebP that plays for ever, without loss: lossy WebP halves the colors' resolution, and values are colors. */
export async function encodeAnimatedWebp({ frames }: Movie): Promise<Uint8Array> {
  const [first] = frames;
  if (first === undefined) throw new RangeError('an animation of no frames');
  const { width, height } = first.raster;
  if (Math.max(width, height) > WEBP_SIDE) throw new RangeError(`larger than WebP can be: ${width} x ${height}`);
  const { default: sharp } = await import('sharp'); // at the first film: loading it takes 50 ms
  const stacked = Buffer.concat(
    frames.map(({ raster: { data } }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
  const raw = { width, height: height * frames.length, channels: 4, pageHeight: height } as const;
  return sharp(stacked, { raw, limitInputPixels: false })
    .webp({ lossless: true, effort: 2, loop: 0, delay: frames.map(({ durationMs }) => durationMs) })
    .toBuffer();
}
