import { createHash } from 'node:crypto';
import { decodeImage } from './decode.js';
import { readImageBytes } from './image-bytes.js';
import { hashThumbnail, THUMBNAIL_SIZE } from './perceptual-hash.js';
import type { Preprocessing } from './preprocessing.js';

/** What tells a picture from others. */
export interface Fingerprint {
  /** SHA-256 of the file, hexadecimal */
  content: string;
  /** 256 bits of what it shows; undefined for a picture with nothing in it */
  perceptual: Uint32Array | undefined;
}

/** Every pixel counts (bilinear), and a picture saved turned is the one that its EXIF data turn. */
const THUMBNAIL: Preprocessing = {
  width: THUMBNAIL_SIZE,
  height: THUMBNAIL_SIZE,
  interpolation: 'bilinear',
  autoOrient: true,
  rescale: 1,
};

/** Reads and decodes an image file whole. @throws CnnvizError BAD_IMAGE with the reason */
export async function fingerprintImage(path: string): Promise<Fingerprint> {
  const pixels = await decodeImage(path, THUMBNAIL);
  const content = createHash('sha256').update(readImageBytes(path)).digest('hex');
  return { content, perceptual: hashThumbnail(pixels) };
}
