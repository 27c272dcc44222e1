import { readBmpSize } from './bmp-header.js';
import { readNetpbmSize } from './decode-netpbm.js';
import { readAvifSize, readWebpSize, type Size } from './image-size.js';
import { readTiffDirectory } from './tiff-directory.js';

export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif' | 'bmp' | 'ppm';

/** What the first bytes of an image file reveal without decoding it. */
export interface ImageHeader {
  format: ImageFormat;
  /** pixels; absent if the format does not store it up front */
  size?: Size;
  /** JPEG: 4 for CMYK and YCCK */
  components?: number;
  /** JPEG: all of it is in memory before the first pixel comes */
  progressive?: boolean;
  /** TIFF: bytes of one decoded pixel */
  pixelBytes?: number;
  /** TIFF: tiles, not strips */
  tiled?: boolean;
  /** TIFF: the number of its codec */
  compression?: number;
}

/**
 * Bytes a pixel takes while it is decoded, as measured at 179 megapixels: the three that come out, and what the format's own
 * decoder holds.
 */
const BYTES_PER_PIXEL: Record<ImageFormat, number> = {
  jpeg: 3,
  png: 3,
  tiff: 3,
  gif: 8,
  webp: 8,
  avif: 16,
  bmp: 4,
  ppm: 4,
};

/** Memory that decoding an image takes, in bytes; infinite where its header does not say. */
export function estimateDecodedBytes({ format, size, progressive, pixelBytes = 0 }: ImageHeader): number {
  if (size === undefined) return Number.POSITIVE_INFINITY;
  return size.width * size.height * (BYTES_PER_PIXEL[format] + (progressive ? 3 : 0) + pixelBytes);
}

/**
 * Recognizes a format by content, as Pillow does: the extension may lie.
 *
 * @returns undefined for anything else
 */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  if (/^P[1-6][\s#]/.test(bytes.toString('latin1', 0, 3))) {
    return { format: 'ppm', ...sizeIfAny(readNetpbmSize(bytes)) };
  }
  if (bytes.length < 12) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return readJpegHeader(bytes);
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return { format: 'png', ...readSize(bytes, 16, 20, 'readUInt32BE') };
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) {
    return { format: 'gif', ...readSize(bytes, 6, 8, 'readUInt16LE') };
  }
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return { format: 'webp', ...sizeIfAny(readWebpSize(bytes)) };
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return { format: 'tiff', ...readTiffDirectory(bytes) };
  if (isAvif(bytes)) return { format: 'avif', ...sizeIfAny(readAvifSize(bytes)) };
  const bmpSize = readBmpSize(bytes);
  if (bmpSize !== undefined) return { format: 'bmp', size: bmpSize };
  return undefined;
}

/** By the main brand of its first box; a general one names the codec among the compatible brands (ISO/IEC 14496-12, 4.3). */
function isAvif(bytes: Buffer): boolean {
  const box = bytes.toString('latin1', 4, Math.min(bytes.readUInt32BE(0), 128));
  return /^ftyp(avi[fs]|(mif1|msf1).{4}(.{4})*avi[fs])/s.test(box);
}

/** Walks a JPEG's segments up to its frame header (ITU-T T.81, B.2.2). */
function readJpegHeader(bytes: Buffer): ImageHeader {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at++; // garbage between segments; libjpeg skips it too
      continue;
    }
    const marker = bytes[at + 1] as number;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
      const progressive = (marker & 3) === 2; // T.81, table B.1: SOF2, 6, 10, 14
      return { format: 'jpeg', size, components: bytes[at + 9] as number, ...(progressive && { progressive }) };
    }
    const standsAlone = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += standsAlone ? (marker === 0xff ? 1 : 2) : 2 + bytes.readUInt16BE(at + 2);
  }
  return { format: 'jpeg' };
}

function readSize(
  bytes: Buffer,
  widthAt: number,
  heightAt: number,
  read: 'readUInt32BE' | 'readUInt16LE',
): { size?: Size } {
  if (bytes.length < heightAt + 4) return {};
  return { size: { width: bytes[read](widthAt), height: bytes[read](heightAt) } };
}

function sizeIfAny(size: Size | undefined): { size?: Size } {
  return size === undefined ? {} : { size };
}
