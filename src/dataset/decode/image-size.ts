// Sizes in the headers of WebP and AVIF.

/** Pillow's limit: from twice its `MAX_IMAGE_PIXELS` on it refuses an image as a decompression bomb. */
export const MAX_PIXELS = 2 * 89_478_485;

/** pixels */
export interface Size {
  width: number;
  height: number;
}

/** Bytes of an AVIF in which its properties are looked for: they stand before the pixels. */
const AVIF_HEAD_BYTES = 65_536;

/** The size that a WebP's first chunk says (RFC 9649, 2.5-2.7). */
export function readWebpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 30) return undefined;
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8 ') return undefined;
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}

/** The largest size among an AVIF's `ispe` properties: of the whole picture, not of one of its tiles (ISO/IEC 23008-12, 6.5.3). */
export function readAvifSize(bytes: Buffer): Size | undefined {
  const head = bytes.subarray(0, AVIF_HEAD_BYTES);
  let largest: Size | undefined;
  for (let at = head.indexOf('ispe'); at >= 0 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) };
    if (largest === undefined || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
