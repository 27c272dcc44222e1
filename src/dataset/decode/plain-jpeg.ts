// JPEGs that every decoder with the accurate inverse transform turns into the same pixels.

import type { Size } from './image-size.js';

const START_OF_SCAN = 0xda;

/** Baseline and extended sequential, Huffman-coded (T.81, table B.1). */
const SEQUENTIAL = [0xc0, 0xc1];

/** Signs of a second image that changes the first one: sharp reads Ultra HDR images through a library of their own. */
const SECOND_IMAGE = ['MPF\0', 'hdrgm', 'urn:iso:std:iso:ts:21496'];

/**
 * The size of a JPEG of 8 bits, gray or in YCbCr or RGB, whose segments follow each other without a gap up to its first scan: what
 * is read here is then what any decoder reads. Says nothing of the scans, which may be damaged.
 *
 * @returns undefined for any other JPEG
 */
export function readPlainJpegSize(bytes: Buffer): Size | undefined {
  let size: Size | undefined;
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] as number;
    if (marker === START_OF_SCAN) return hasSecondImage(bytes.subarray(0, at)) ? undefined : size;
    if (isFrame(marker)) {
      if (size !== undefined || !SEQUENTIAL.includes(marker)) return undefined;
      const [bits, components] = [bytes[at + 4], bytes[at + 9]];
      if (bits !== 8 || (components !== 1 && components !== 3)) return undefined;
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
      if (size.height === 0 || size.width === 0) return undefined;
    } else if (marker < 0xc4 || (marker >= 0xd0 && marker <= 0xd9) || marker === 0xff) {
      return undefined;
    }
  }
  return undefined;
}

/** Those of the markers from C0 to CF that begin a frame; the others hold Huffman tables, or are for arithmetic coding. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function hasSecondImage(head: Buffer): boolean {
  return SECOND_IMAGE.some((sign) => head.includes(sign, 0, 'latin1'));
}
