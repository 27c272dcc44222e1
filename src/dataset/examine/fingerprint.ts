// What identifies an image: its bytes, and what it shows.

import { lookAtPhotograph } from '../decode/decode.js';
import type { Fingerprint } from './fingerprint-table.js';
import { observeImage } from './observation.js';

/** Reads and decodes an image file whole, turned as its EXIF data say. @throws CnnvizError BAD_IMAGE with the reason */
export async function fingerprintImage(path: string): Promise<Fingerprint> {
  const { content, perceptual } = await lookAtPhotograph(path, true, observeImage);
  return { content, perceptual };
}
