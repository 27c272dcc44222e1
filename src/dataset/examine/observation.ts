// What is noticed of an image while it is decoded: depth, orientation, one color, fingerprint.

import { hash } from 'node:crypto';
import { readImageTags } from '../decode/image-tags.js';
import type { RgbPixels } from '../decode/pixels.js';
import type { ImageContent } from '../decode/read-image.js';
import type { Fingerprint } from './fingerprint-table.js';
import { hashPhotograph } from './perceptual-hash.js';

/**
 * What the depth of a file's values does to its picture: nothing; dark: 16-bit values that use less than an eighth of their
 * range, as 12-bit values do; black: floating point values from 0 to 1; clipped: values of more than 16 bits, which are cut off
 * at 0 and 255.
 */
export const DEPTH_EFFECTS = ['none', 'dark', 'black', 'clipped'] as const;
export type DepthEffect = (typeof DEPTH_EFFECTS)[number];

/** What is noticed of one image while it is decoded anyway. */
export interface ImageObservation extends Fingerprint {
  format: string;
  /** as decoded, pixels */
  width: number;
  height: number;
  /** Exif orientation 1..8; above 1 the file asks to be turned or mirrored */
  orientation: number;
  depth: DepthEffect;
  /** one color throughout */
  isConstant: boolean;
}

/** Of 256 values: what 16-bit values below an eighth of their range become. */
const DARK_BELOW = 256 / 8;

/** Describes a decoded image: pure, and a tenth of what decoding takes. */
export function observeImage(photograph: RgbPixels, { bytes, header }: ImageContent): ImageObservation {
  const { width, height, data } = photograph;
  const { orientation, bits, isFloat } = readImageTags(bytes, header);
  const digest = hash('sha256', bytes, 'buffer');
  return {
    format: header.format,
    width,
    height,
    orientation,
    depth: bits === 8 ? 'none' : describeDepth(data, bits, isFloat),
    isConstant: isOneColor(data),
    content: Uint32Array.of(
      digest.readUInt32LE(0),
      digest.readUInt32LE(4),
      digest.readUInt32LE(8),
      digest.readUInt32LE(12),
    ),
    perceptual: hashPhotograph(photograph),
  };
}

function describeDepth(data: Uint8Array, bits: number, isFloat: boolean): DepthEffect {
  if (isFloat) return data.some((value) => value > 1) ? 'clipped' : 'black';
  if (bits > 16) return 'clipped';
  return data.some((value) => value >= DARK_BELOW) ? 'none' : 'dark';
}

function isOneColor(data: Uint8Array): boolean {
  const [red, green, blue] = data;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== red || data[at + 1] !== green || data[at + 2] !== blue) return false;
  }
  return true;
}
