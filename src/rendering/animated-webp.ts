// Animated WebP files.

import type { Movie } from './movie.js';

/** WebP has no larger pictures. Pixels. */
export const WEBP_SIDE = 16383;

/** The bytes of an animated WebP that plays for ever, without loss: lossy WebP halves the colors' resolution, and values are colors. */
export async function encodeAnimatedWebp({ width, height, data, durationsMs }: Movie): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp'); // at the first film: loading it takes 50 ms
  const raw = { width, height: height * durationsMs.length, channels: 4, pageHeight: height } as const;
  return sharp(data, { raw, limitInputPixels: false })
    .webp({ lossless: true, effort: 2, loop: 0, delay: [...durationsMs] })
    .toBuffer();
}
