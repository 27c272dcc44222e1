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

function describeForeignContent(bytes: Buffer): string {
  const start = bytes.toString('latin1', 0, 64);
  if (start.startsWith('BM')) return 'it is a BMP image, which cannot be decoded';
  if (/^ftyp(heic|heix|mif1|msf1)/.test(start.slice(4))) return 'it is a HEIC image, which cannot be decoded';
  if (/^\s*<(!doctype|html|\?xml|svg)/i.test(start)) return 'it is not an image but a web page or other text';
  return 'it is not an image that can be decoded: a JPEG, PNG, GIF, WebP, TIFF or AVIF by its content';
}
