import { describeForeignContent } from './foreign-content.js';
import { badImage, readImageBytes } from './image-bytes.js';
import { type ImageHeader, readImageHeader } from './image-header.js';

/** An image file as it was read: nothing is decoded yet. */
export interface ImageContent {
  bytes: Buffer;
  header: ImageHeader;
}

/**
 * Reads an image file whole and tells from its first bytes what it is. Cheap: nothing is decoded yet.
 *
 * @throws CnnvizError BAD_IMAGE with the reason, for what is no image
 */
export function readImage(path: string): ImageContent {
  const bytes = readImageBytes(path);
  const header = readImageHeader(bytes);
  if (header === undefined) throw badImage(path, describeForeignContent(bytes));
  return { bytes, header };
}
