// The formats that sharp decodes, as Pillow has them.

import type { Sharp, SharpOptions } from 'sharp';
import { CnnvizError } from '../../base/errors.js';
import { fillAroundFrame, openGifFrame } from './gif-frame.js';
import type { ImageHeader } from './image-header.js';
import { MAX_PIXELS } from './image-size.js';
import { cmykToRgb, type RgbPixels, toRgb } from './pixels.js';
import { keepPixelTags } from './tiff-directory.js';

/** Pillow does not see color profiles. */
const OPTIONS: SharpOptions = { ignoreIcc: true, limitInputPixels: MAX_PIXELS };

/**
 * Decodes JPEG, PNG, GIF, WebP, TIFF and AVIF as Pillow has them.
 *
 * @throws CnnvizError BACKEND_UNAVAILABLE without sharp; else Error in sharp's words, which may be those of another image that is decoded at the same time
 */
export async function decodeWithSharp(file: Buffer, header: ImageHeader, autoOrient: boolean): Promise<RgbPixels> {
  const sharp = await loadSharp();
  const isChanged = header.format === 'tiff' || header.format === 'gif';
  const bytes = isChanged ? Buffer.from(file) : file;
  if (header.format === 'tiff') keepPixelTags(bytes);
  const frame = header.format === 'gif' ? openGifFrame(bytes) : undefined;
  // Pillow turns a TIFF as it loads it
  const turn = autoOrient || header.format === 'tiff';
  const image = sharp(bytes, { ...OPTIONS, failOn: chooseFailOn(header), autoOrient: turn });
  if (await isCmyk(image, header)) {
    const raw = await image
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: raw.info.width, height: raw.info.height, data: cmykToRgb(raw.data) };
  }
  // a step that costs a JPEG 6 % of its decoding, and does nothing to it
  const opaque = header.format === 'jpeg' ? image : image.removeAlpha();
  const { data, info } = await opaque.raw().toBuffer({ resolveWithObject: true });
  const pixels = { width: info.width, height: info.height, data: toRgb(data, info.channels) };
  if (frame !== undefined) fillAroundFrame(pixels, frame);
  return pixels;
}

/**
 * At the first image: loading it takes 50 ms.
 *
 * @throws CnnvizError BACKEND_UNAVAILABLE where its binary was not installed: no image is to blame
 */
async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new CnnvizError('BACKEND_UNAVAILABLE', 'sharp, which decodes images, cannot be loaded', {
      hint: 'Install cnnviz again with its optional dependencies: sharp has its binary for this system among them.',
      cause,
    });
  }
}

/**
 * libtiff reports a truncated strip as an error. Of a tile libvips makes a warning, and paints it black: with only the tags
 * left that concern pixels, any warning is one about them.
 */
function chooseFailOn({ format, tiled }: ImageHeader): 'truncated' | 'error' | 'warning' {
  if (format !== 'tiff') return 'truncated';
  return tiled ? 'warning' : 'error';
}

async function isCmyk(image: Sharp, header: ImageHeader): Promise<boolean> {
  if (header.format === 'jpeg') return header.components === 4;
  return header.format === 'tiff' && (await image.metadata()).space === 'cmyk';
}
