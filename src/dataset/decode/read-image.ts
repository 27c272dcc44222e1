import { describeForeignContent } from './foreign-content.js';
import { badImage, readImageBytes } from './image-bytes.js';
import { type ImageHeader, readImageHeader } from './image-header.js';

/** An image file as it was read: nothing is decoded yet. */
export interface ImageContent {
  bytes: Buffer;
  header: ImageHeader;
}

/**
 * Reads a whole image file and identifies it by its first bytes. Cheap: nothing is decoded yet.
 *
 * @throws CnnvizError BAD_IMAGE with the reason, for anything else
 */
export function readImage(path: string): ImageContent {
  const bytes = readImageBytes(path);
  const header = readImageHeader(bytes);
  if (header === undefined) throw badImage(path, describeForeignContent(bytes));
  return { bytes, header };
}
