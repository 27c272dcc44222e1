// Whether a file holds an image, by its name, else by its first bytes.

import path from 'node:path';
import { readImageHeader } from '../decode/image-header.js';
import { withFile } from '../files/open-file.js';

/** Extensions of the formats that can be decoded, which are believed. Keras's list is png, jpg, jpeg, bmp, ppm, tif, tiff. */
const SUPPORTED = new Set(
  'png apng jpg jpeg jpe jif jfif jfi pjpeg pjp mpo bmp dib ppm pgm pbm pnm tif tiff webp gif avif'.split(' '),
);

/** Extensions of pictures that cannot be decoded: people must hear that these are left out. */
const UNSUPPORTED = new Set('heic heif hif jp2 j2k jxl ico svg dcm psd raw cr2 nef arw dng'.split(' '));

/** How many bytes identify a file. */
const HEAD_BYTES = 512;

/** What a file is to a data folder. */
export type FileKind = 'image' | 'heic' | 'format' | 'no-image';

/** What a file's name promises; most promise nothing. */
export function classifyName(name: string): 'image' | 'format' | 'no-image' {
  const extension = readExtension(name);
  if (SUPPORTED.has(extension)) return 'image';
  return UNSUPPORTED.has(extension) ? 'format' : 'no-image';
}

/** `jpg` of `Cat.JPG`; empty where there is none. */
export function readExtension(name: string): string {
  return path.extname(name).slice(1).toLowerCase();
}

/** What a file holds, by its first bytes; what cannot be read is what its name promises. */
export function sniffFile(file: string): FileKind {
  const promised = classifyName(file);
  const head = readHead(file);
  if (head === undefined) return promised;
  const header = readImageHeader(head);
  // Text can begin as a PPM file does.
  if (header?.format === 'ppm' && header.size === undefined) return promised === 'image' ? 'no-image' : promised;
  // A camera's raw file is a TIFF, too, but what can be decoded of it is not the image.
  if (header !== undefined) return header.format === 'tiff' && promised === 'format' ? 'format' : 'image';
  if (/^ftyp(hei[cxms]|hev[cx]|mif1|msf1)/.test(head.toString('latin1', 4, 12))) return 'heic';
  return promised === 'image' ? 'no-image' : promised;
}

/** The beginning of a regular file. */
function readHead(file: string): Buffer | undefined {
  try {
    return withFile(file, (opened) => opened.read(0, HEAD_BYTES));
  } catch {
    return undefined;
  }
}
