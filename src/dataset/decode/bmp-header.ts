// BMP's header, palette and color masks.

import type { Size } from './image-size.js';
import { Undecodable } from './undecodable.js';

/** How a BMP's pixels are stored. */
export type BmpEncoding = 'raw' | 'rle8' | 'rle4';

/** What a BMP file says before its pixels. */
export interface BmpHeader extends Size {
  /** of one pixel: 1, 4, 8, 16, 24, 32 */
  bits: number;
  encoding: BmpEncoding;
  /** the first row is the uppermost, not the lowest */
  topDown: boolean;
  /** red, green, blue of each index, 256 x 3 bytes; empty from 16 bits on */
  palette: Uint8Array;
  /** bits that hold red, green and blue, from 16 bits on */
  masks: readonly [number, number, number];
  /** of the first stored row, in bytes */
  at: number;
}

const FILE_HEADER_BYTES = 14;
/** OS/2's header, which has 16-bit fields and a palette without padding. */
const CORE_HEADER_BYTES = 12;
/** Of the information headers: Windows 3, with masks, with alpha, OS/2 2, Windows 4 and 5. */
const INFO_HEADER_BYTES = [40, 52, 56, 64, 108, 124];

const ENCODINGS: Record<number, BmpEncoding | 'bitfields'> = { 0: 'raw', 1: 'rle8', 2: 'rle4', 3: 'bitfields' };
const DEFAULT_MASKS = { 16: [0x7c00, 0x3e0, 0x1f], other: [0xff0000, 0xff00, 0xff] } as const;

/** @returns undefined for anything but a known kind of BMP */
export function readBmpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 26 || bytes.toString('latin1', 0, 2) !== 'BM') return undefined;
  const headerBytes = bytes.readUInt32LE(FILE_HEADER_BYTES);
  if (headerBytes === CORE_HEADER_BYTES) return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) };
  if (!INFO_HEADER_BYTES.includes(headerBytes)) return undefined;
  return { width: bytes.readUInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
}

/**
 * Reads the header and palette of a BMP as Pillow does. (Microsoft, Bitmap Header Types.)
 *
 * @throws Undecodable
 */
export function readBmpHeader(bytes: Buffer): BmpHeader {
  const size = readBmpSize(bytes);
  const headerBytes = size === undefined ? 0 : bytes.readUInt32LE(FILE_HEADER_BYTES);
  const headerEnd = FILE_HEADER_BYTES + headerBytes;
  if (size === undefined || bytes.length < headerEnd) throw new Undecodable('it is truncated');
  if (size.width === 0 || size.height === 0) throw new Undecodable('it has no pixels');
  const isCore = headerBytes === CORE_HEADER_BYTES;
  const bits = bytes.readUInt16LE(isCore ? 24 : 28);
  if (![1, 4, 8, 16, 24, 32].includes(bits))
    throw new Undecodable(`it has ${bits} bits per pixel, which BMP does not allow`);
  const compression = isCore ? 0 : bytes.readUInt32LE(30);
  const encoding = ENCODINGS[compression];
  const isFitting = { raw: true, rle8: bits === 8, rle4: bits === 4, bitfields: bits >= 16 };
  if (encoding === undefined || !isFitting[encoding]) {
    throw new Undecodable(`it is a BMP of ${bits} bits with compression ${compression}, which cannot be decoded`);
  }
  const hasMasksBehind = encoding === 'bitfields' && headerBytes === 40;
  const paletteAt = headerEnd + (hasMasksBehind ? 12 : 0);
  if (bytes.length < paletteAt) throw new Undecodable('it is truncated');
  const palette = readPalette(bytes, paletteAt, { bits, isCore });
  const offset = bytes.readUInt32LE(10);
  // some writers give the place after the header, though a palette stands there
  const isBehindHeader = offset === 0 || (offset === headerEnd && bits <= 8);
  return {
    ...size,
    bits,
    encoding: encoding === 'bitfields' ? 'raw' : encoding,
    topDown: !isCore && bytes.readInt32LE(22) < 0,
    palette: palette.colors,
    masks: readMasks(bytes, bits, encoding === 'bitfields'),
    at: isBehindHeader ? paletteAt + palette.length : offset,
  };
}

/** @returns colors, 256 x 3 bytes; and how many bytes of the file they take */
function readPalette(
  bytes: Buffer,
  at: number,
  { bits, isCore }: { bits: number; isCore: boolean },
): { colors: Uint8Array; length: number } {
  if (bits > 8) return { colors: new Uint8Array(), length: 0 };
  const count = (isCore ? 0 : bytes.readUInt32LE(46)) || 2 ** bits;
  if (count > 65_536) throw new Undecodable(`its palette of ${count} colors is damaged`);
  const step = isCore ? 3 : 4;
  // an index beyond the palette is black in Pillow, or a shade of gray where the palette has begun as a ramp of them
  const colors = new Uint8Array(256 * 3);
  const ramp = Uint8Array.from(colors, (_, place) => Math.floor(place / 3));
  for (let index = 0; index < Math.min(count, 256); index++) {
    const [blue = 0, green = 0, red = 0] = bytes.subarray(at + index * step, at + index * step + 3);
    colors.set([red, green, blue], index * 3);
  }
  const known = Math.min(count, 256) * 3;
  if (Buffer.compare(colors.subarray(0, known), ramp.subarray(0, known)) === 0) colors.set(ramp);
  return { colors, length: count * step };
}

/** All headers that have masks have them at the same place. */
function readMasks(bytes: Buffer, bits: number, isGiven: boolean): readonly [number, number, number] {
  const usual = bits === 16 ? DEFAULT_MASKS[16] : DEFAULT_MASKS.other;
  if (!isGiven) return usual;
  const masks = [54, 58, 62].map((at) => bytes.readUInt32LE(at)) as [number, number, number];
  return masks.every((mask) => mask === 0) && bits === 32 ? usual : masks;
}
