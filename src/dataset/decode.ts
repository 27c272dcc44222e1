import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { type Raster, rasterFromPixels } from '../raster.js';
import { acquireDecoder } from './decode-limit.js';
import { clearGifTransparency } from './gif-transparency.js';
import { badImage } from './image-bytes.js';
import type { ImageHeader } from './image-header.js';
import { cmykToRgb, type RgbPixels, toRgb } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';
import { type ImageContent, readImage } from './read-image.js';
import { resizeRgb } from './resample.js';

/** Pillow's limit: from twice its `MAX_IMAGE_PIXELS` on it refuses an image as a decompression bomb. */
const MAX_PIXELS = 2 * 89_478_485;

/** Pillow does not see color profiles. */
const OPTIONS: SharpOptions = { ignoreIcc: true, limitInputPixels: MAX_PIXELS };

/** Sees a photograph while it is there at its own size. */
export type Look = (photograph: RgbPixels, file: ImageContent) => void;

/** Gets a file's bytes before they are decoded, and must not keep them. */
type OnRead = (bytes: Uint8Array) => void;

/**
 * Decodes a photograph to the network's input: for JPEG the same bytes as Keras's `load_img(path, target_size)`.
 * Any number of calls may be open; how many decode at once is bounded, first come, first served.
 *
 * @param look is called before the photograph is made smaller
 * @param onRead is called as soon as the file is read
 * @returns [height, width, 3], 0..255, of its own memory
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function decodeImage(
  path: string,
  preprocessing: Preprocessing,
  look?: Look,
  onRead?: OnRead,
): Promise<Uint8Array> {
  const use = (photograph: RgbPixels, file: ImageContent) => {
    look?.(photograph, file);
    return resizeFor(preprocessing, photograph);
  };
  return decodeBounded(path, preprocessing.autoOrient, use, onRead);
}

/**
 * Decodes a photograph at its own size and gives what `look` makes of it; the pixels are gone after that.
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
 * Decodes a photograph once for people and for the network: at its own size, and as `decodeImage` gives it.
 *
 * @throws CnnvizError BAD_IMAGE with the reason
 */
export async function decodePhotograph(
  path: string,
  preprocessing: Preprocessing,
): Promise<{ photograph: RgbPixels; pixels: Uint8Array }> {
  return decodeBounded(path, preprocessing.autoOrient, (photograph) => ({
    photograph,
    pixels: resizeFor(preprocessing, photograph),
  }));
}

/**
 * Decodes a photograph to be looked at: in its own proportions, made smaller so that neither side exceeds `size` pixels.
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

async function decodeBounded<T>(
  path: string,
  autoOrient: boolean,
  use: (photograph: RgbPixels, file: ImageContent) => T,
  onRead?: OnRead,
): Promise<T> {
  const limit = await acquireDecoder();
  try {
    const file = readImage(path);
    const { bytes, header } = file;
    onRead?.(bytes);
    await limit.reserve(header.size);
    return use(await decodeBytes(path, bytes, header, autoOrient), file);
  } finally {
    limit.release();
  }
}

function resizeFor({ width, height, interpolation }: Preprocessing, photograph: RgbPixels): Uint8Array {
  return resizeRgb(photograph, width, height, interpolation);
}

async function decodeBytes(path: string, bytes: Buffer, header: ImageHeader, autoOrient: boolean): Promise<RgbPixels> {
  try {
    if (header.format === 'gif') clearGifTransparency(bytes);
    // libtiff reports a truncated strip as an error, not as truncation
    const failOn = header.format === 'tiff' ? 'error' : 'truncated';
    const image = sharp(bytes, { ...OPTIONS, failOn, autoOrient });
    if (await isCmyk(image, header)) {
      const raw = await image
        .pipelineColourspace('cmyk')
        .toColourspace('cmyk')
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { width: raw.info.width, height: raw.info.height, data: cmykToRgb(raw.data) };
    }
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: toRgb(data, info.channels) };
  } catch (error) {
    throw badImage(path, describeFailure(error), error);
  }
}

async function isCmyk(image: Sharp, header: ImageHeader): Promise<boolean> {
  if (header.format === 'jpeg') return header.components === 4;
  return header.format === 'tiff' && (await image.metadata()).space === 'cmyk';
}

function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/.test(message)) return `it has more than ${MAX_PIXELS} pixels`;
  if (/premature end/i.test(message)) return 'it is truncated';
  const detail = message
    .replace(/^Input buffer has corrupt header: /, '')
    .trim()
    .replace(/\s*\n\s*/g, '; ');
  return `it is damaged or truncated (${detail})`;
}
