import { lookAtPhotograph } from './decode.js';
import { type ImageObservation, observeImage } from './observation.js';

/** What tells a picture from others. */
export type Fingerprint = Pick<ImageObservation, 'content' | 'perceptual'>;

/** Reads and decodes an image file whole, turned as its EXIF data say. @throws CnnvizError BAD_IMAGE with the reason */
export async function fingerprintImage(path: string): Promise<Fingerprint> {
  const { content, perceptual } = await lookAtPhotograph(path, true, observeImage);
  return { content, perceptual };
}
