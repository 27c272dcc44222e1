// Orientation and bit depth from a file's header.

import type { ImageHeader } from './image-header.js';
import { readTiffTags } from './tiff-tags.js';

/** What a file's header says of its pixels besides their number. */
export interface ImageTags {
  /** Exif orientation 1..8; 1: stored as it is to be seen */
  orientation: number;
  /** bits of one value; 8 where the format has no other, or does not say it at once */
  bits: number;
  isFloat: boolean;
}

const ORIENTATION = 0x112;
const BITS_PER_SAMPLE = 258;
const SAMPLE_FORMAT = 339;
const FLOATING_POINT = 3;

/**
 * Reads orientation and depth from the bytes of an image file without decoding it. (AVIF and TIFF are not among the formats
 * with an orientation: they are always turned as the file asks for.)
 */
export function readImageTags(bytes: Buffer, { format }: Pick<ImageHeader, 'format'>): ImageTags {
  const start = format === 'tiff' ? 0 : findExif(bytes, format);
  const tags =
    start === undefined ? undefined : readTiffTags(bytes, start, [ORIENTATION, BITS_PER_SAMPLE, SAMPLE_FORMAT]);
  const orientation = (format === 'tiff' ? undefined : tags?.get(ORIENTATION)) ?? 1;
  const bits = format === 'png' ? (bytes[24] ?? 8) : format === 'tiff' ? (tags?.get(BITS_PER_SAMPLE) ?? 1) : 8;
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    bits: Math.max(bits, 8),
    isFloat: format === 'tiff' && tags?.get(SAMPLE_FORMAT) === FLOATING_POINT,
  };
}

/** Where the Exif data of a JPEG, PNG or WebP file begin. */
function findExif(bytes: Buffer, format: string): number | undefined {
  if (format === 'jpeg') return findInJpeg(bytes);
  if (format === 'png')
    return findChunk(bytes, 8, { name: 'eXIf', nameAt: 4, lengthAt: 0, isBigEndian: true, extra: 12 });
  if (format !== 'webp') return undefined;
  const at = findChunk(bytes, 12, { name: 'EXIF', nameAt: 0, lengthAt: 4, isBigEndian: false, extra: 8 });
  if (at === undefined) return undefined;
  // some writers keep the mark that JPEG puts before its Exif data
  return bytes.toString('latin1', at, at + 6) === 'Exif\0\0' ? at + 6 : at;
}

/** The APP1 segment before the first scan (Exif 2.32, 4.7.2). */
function findInJpeg(bytes: Buffer): number | undefined {
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xda) return undefined;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') return at + 10;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

interface ChunkLayout {
  name: string;
  nameAt: number;
  lengthAt: number;
  isBigEndian: boolean;
  /** bytes of a chunk besides its content */
  extra: number;
}

/** Walks the chunks of a PNG or RIFF file; gives where the content of the named one begins. */
function findChunk(bytes: Buffer, first: number, layout: ChunkLayout): number | undefined {
  const { name, nameAt, lengthAt, isBigEndian, extra } = layout;
  for (let at = first; at + 8 <= bytes.length; ) {
    if (bytes.toString('latin1', at + nameAt, at + nameAt + 4) === name) return at + 8;
    const length = isBigEndian ? bytes.readUInt32BE(at + lengthAt) : bytes.readUInt32LE(at + lengthAt);
    at += extra + length + (isBigEndian ? 0 : length % 2); // RIFF pads to even lengths
  }
  return undefined;
}
