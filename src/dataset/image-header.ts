export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif';

/** What the first bytes of an image file tell without decoding it. */
export interface ImageHeader {
  format: ImageFormat;
  /** pixels; absent where the format does not tell it at once */
  size?: { width: number; height: number };
  /** JPEG: 4 for CMYK and YCCK */
  components?: number;
}

/**
 * Recognizes a format by content, as Pillow does: the extension may lie.
 *
 * @returns undefined for anything else
 */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 12) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return readJpegHeader(bytes);
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return { format: 'png', ...readSize(bytes, 16, 20, 'readUInt32BE') };
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) {
    return { format: 'gif', ...readSize(bytes, 6, 8, 'readUInt16LE') };
  }
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return { format: 'webp' };
  if (/^(II[*+]\0|MM\0[*+])/.test(start)) return { format: 'tiff' };
  if (/^ftypavi[fs]/.test(start.slice(4))) return { format: 'avif' };
  return undefined;
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
      return { format: 'jpeg', size, components: bytes[at + 9] as number };
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
): { size?: { width: number; height: number } } {
  if (bytes.length < heightAt + 4) return {};
  return { size: { width: bytes[read](widthAt), height: bytes[read](heightAt) } };
}
