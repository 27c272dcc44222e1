// Small pictures of images.

import { decodePicture } from '../../dataset/decode/decode.js';
import type { Thumbnail } from '../../page/gallery/gallery-summary.js';
import { encodeJpeg } from '../../rendering/jpeg.js';

/** Longest side, pixels. */
const thumbnailSize = 96;

/** @throws CnnvizError BAD_IMAGE */
export async function makeThumbnail(path: string, autoOrient: boolean): Promise<Thumbnail> {
  return encodeJpeg(await decodePicture(path, thumbnailSize, autoOrient), thumbnailSize);
}
