// Decodes a file to the pixels that Pillow gives, or to a picture to look at.

import { CnnvizError } from '../../base/errors.js';
import { type Raster, rasterFromPixels } from '../../base/raster.js';
import { decodeBmp } from './decode-bmp.js';
import { describeFailure } from './decode-failure.js';
import { acquireDecoder } from './decode-limit.js';
import { decodeNetpbm } from './decode-netpbm.js';
import { decodeWithSharp } from './decode-sharp.js';
import { fitRgb } from './fit.js';
import { freeMemory } from './free-memory.js';
import { badImage } from './image-bytes.js';
import { estimateDecodedBytes } from './image-header.js';
import type { RgbPixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';
import { type ImageContent, readImage } from './read-image.js';
import { resizeRgb } from './resample.js';
import { Undecodable } from './undecodable.js';

/** Images that take more than this to decode (89 megapixels of a JPEG, 33 of a WebP) are worth some 50 ms to tidy up before. */
const VERY_LARGE_BYTES = 256 * 2 ** 20;

/** Sees an image while it is there at its own size. */
export type Look = (photograph: RgbPixels, file: ImageContent) => void;

/** Gets a file's bytes before they are decoded, and must not keep them. */
type OnRead = (bytes: Uint8Array) => void;

/**
 * `decodeImage` for those that look at more on the way.
 *
 * @param look is called before the image is made smaller
 * @param onRead is called as soon as the file is read
 */
export async function decodeWatched(
  path: string,
  preprocessing: Preprocessing,
  look?: Look,
  onRead?: OnRead,
): Promise<Uint8Array> {
  const use = (photograph: RgbPixels, file: ImageContent) => {
    look?.(photograph, file);
    return resizeFor(preprocessing, fitRgb(photograph, preprocessing));
  };
  return decodeBounded(path, preprocessing.autoOrient, use, onRead);
}

/**
 * Decodes an image at its own size and gives what `look` makes of it; the pixels are gone after that.
 *
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function lookAtPhotograph<T>(
  path: string,
  autoOrient: boolean,
  look: (photograph: RgbPixels, file: ImageContent) => T,
): Promise<T> {
  return decodeBounded(path, autoOrient, look);
}

/**
 * Decodes an image once for people and for the network: what the network sees of it at its own size, and as `decodeImage`
 * gives it.
 *
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function decodePhotograph(
  path: string,
  preprocessing: Preprocessing,
): Promise<{ photograph: RgbPixels; pixels: Uint8Array }> {
  return decodeBounded(path, preprocessing.autoOrient, (whole) => {
    const photograph = fitRgb(whole, preprocessing);
    return { photograph, pixels: resizeFor(preprocessing, photograph) };
  });
}

/**
 * Decodes an image to be looked at: in its own proportions, made smaller so that neither side exceeds `size` pixels.
 *
 * @param autoOrient turn it as its EXIF orientation says
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function decodePicture(path: string, size: number, autoOrient: boolean): Promise<Raster> {
  return decodeBounded(path, autoOrient, (pixels) => {
    const scale = Math.min(1, size / Math.max(pixels.width, pixels.height));
    const width = Math.max(1, Math.round(pixels.width * scale));
    const height = Math.max(1, Math.round(pixels.height * scale));
    return rasterFromPixels(resizeRgb(pixels, width, height, 'lanczos3'), width, height, 3);
  });
}

/** What sharp says of an image that was decoded beside others: it may be about another one. */
class DoubtfulReason extends Error {}

interface DecodeRequest<T> {
  autoOrient: boolean;
  use: (photograph: RgbPixels, file: ImageContent) => T;
  onRead?: OnRead | undefined;
}

async function decodeBounded<T>(
  path: string,
  autoOrient: boolean,
  use: (photograph: RgbPixels, file: ImageContent) => T,
  onRead?: OnRead,
): Promise<T> {
  const request = { autoOrient, use, onRead };
  try {
    return await decodeOnce(path, request, false);
  } catch (error) {
    if (!(error instanceof DoubtfulReason)) throw error;
    return decodeOnce(path, request, true);
  }
}

/** @param alone decode it while nothing else is decoded */
async function decodeOnce<T>(path: string, { autoOrient, use, onRead }: DecodeRequest<T>, alone: boolean): Promise<T> {
  const lease = await acquireDecoder();
  try {
    const file = readImage(path);
    const { bytes, header } = file;
    onRead?.(bytes);
    const decodedBytes = estimateDecodedBytes(header);
    await lease.reserve(alone ? Number.POSITIVE_INFINITY : decodedBytes);
    if (decodedBytes > VERY_LARGE_BYTES && header.size !== undefined) await freeMemory();
    const photograph = await decodePixels(file, autoOrient).catch((error: unknown) => {
      if (error instanceof CnnvizError) throw error;
      if (error instanceof Undecodable) throw badImage(path, error.message, error);
      if (!alone) throw new DoubtfulReason();
      throw badImage(path, describeFailure(error, bytes, header), error);
    });
    return use(photograph, file);
  } finally {
    lease.release();
  }
}

async function decodePixels({ bytes, header }: ImageContent, autoOrient: boolean): Promise<RgbPixels> {
  if (header.format === 'bmp') return decodeBmp(bytes);
  if (header.format === 'ppm') return decodeNetpbm(bytes);
  return decodeWithSharp(bytes, header, autoOrient);
}

function resizeFor({ width, height, interpolation }: Preprocessing, photograph: RgbPixels): Uint8Array {
  return resizeRgb(photograph, width, height, interpolation);
}
