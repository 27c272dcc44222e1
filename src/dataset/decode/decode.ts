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
import type { DecodeWatch } from './image-decoder.js';
import { estimateDecodedBytes } from './image-header.js';
import type { RgbPixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';
import { type ImageContent, readImage } from './read-image.js';
import { resizeRgb } from './resample.js';
import { Undecodable } from './undecodable.js';

/** Images that take more than this to decode (89 megapixels of a JPEG, 33 of a WebP) are worth some 50 ms to tidy up before. */
const VERY_LARGE_BYTES = 256 * 2 ** 20;

/** Gives the network's input of a file without its whole pixels; undefined if it cannot. */
type Shortcut = (file: ImageContent) => Promise<Uint8Array | undefined>;

/**
 * `decodeImage` for those that look at more on the way.
 *
 * @param shortcut is tried first, where nobody looks at the image at its own size
 */
export async function decodeWatched(
  path: string,
  preprocessing: Preprocessing,
  { look, onRead, onDecoded }: DecodeWatch = {},
  shortcut?: Shortcut,
): Promise<Uint8Array> {
  const use = (photograph: RgbPixels, file: ImageContent) => {
    look?.(photograph, file);
    return resizeFor(preprocessing, fitRgb(photograph, preprocessing));
  };
  const { autoOrient } = preprocessing;
  return decodeBounded(path, { autoOrient, use, onRead, onDecoded, shortcut: look ? undefined : shortcut });
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
  return decodeBounded(path, { autoOrient, use: look });
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
  const use = (whole: RgbPixels) => {
    const photograph = fitRgb(whole, preprocessing);
    return { photograph, pixels: resizeFor(preprocessing, photograph) };
  };
  return decodeBounded(path, { autoOrient: preprocessing.autoOrient, use });
}

/**
 * Decodes an image to be looked at: in its own proportions, made smaller so that neither side exceeds `size` pixels.
 *
 * @param autoOrient turn it as its EXIF orientation says
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function decodePicture(path: string, size: number, autoOrient: boolean): Promise<Raster> {
  const use = (pixels: RgbPixels) => {
    const scale = Math.min(1, size / Math.max(pixels.width, pixels.height));
    const width = Math.max(1, Math.round(pixels.width * scale));
    const height = Math.max(1, Math.round(pixels.height * scale));
    return rasterFromPixels(resizeRgb(pixels, width, height, 'lanczos3'), width, height, 3);
  };
  return decodeBounded(path, { autoOrient, use });
}

/** What sharp says of an image that was decoded beside others: it may be about another one. */
class DoubtfulReason extends Error {}

interface DecodeRequest<T> extends Omit<DecodeWatch, 'look'> {
  autoOrient: boolean;
  use: (photograph: RgbPixels, file: ImageContent) => T;
  shortcut?: ((file: ImageContent) => Promise<T | undefined>) | undefined;
}

async function decodeBounded<T>(path: string, request: DecodeRequest<T>): Promise<T> {
  try {
    return await decodeOnce(path, request, false);
  } catch (error) {
    if (!(error instanceof DoubtfulReason)) throw error;
    return decodeOnce(path, { ...request, shortcut: undefined }, true);
  }
}

/** @param alone decode it while nothing else is decoded */
async function decodeOnce<T>(path: string, request: DecodeRequest<T>, alone: boolean): Promise<T> {
  const { autoOrient, use, shortcut, onRead, onDecoded } = request;
  const lease = await acquireDecoder();
  try {
    const file = readImage(path);
    const { bytes, header } = file;
    onRead?.(bytes);
    const decodedBytes = estimateDecodedBytes(header);
    await lease.reserve(alone ? Number.POSITIVE_INFINITY : decodedBytes);
    const isVeryLarge = decodedBytes > VERY_LARGE_BYTES;
    if (isVeryLarge && header.size !== undefined) await freeMemory();
    const quick = isVeryLarge ? undefined : await shortcut?.(file);
    if (quick !== undefined) {
      onDecoded?.(file);
      return quick;
    }
    const photograph = await decodePixels(file, autoOrient).catch((error: unknown) => {
      if (error instanceof CnnvizError) throw error;
      if (error instanceof Undecodable) throw badImage(path, error.message, error);
      if (!alone) throw new DoubtfulReason();
      throw badImage(path, describeFailure(error, bytes, header), error);
    });
    onDecoded?.(file);
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
