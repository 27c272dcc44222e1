// How large images are, for a network that takes each at its own size.

import { CnnvizError } from '../../base/errors.js';
import { lookAtPhotograph } from '../../dataset/decode/decode.js';
import type { Size } from '../../dataset/decode/image-size.js';
import { readImageTags } from '../../dataset/decode/image-tags.js';
import { readImage } from '../../dataset/decode/read-image.js';

/** Without `--image-size` a network that leaves its size open gets images of at most this many pixels a side. */
const openSizeAtMost = 512;

/** Images one after the other that a network gets at one size. */
export interface Section {
  /** its place among all images */
  first: number;
  count: number;
}

/**
 * The size of an image, made smaller so that neither side exceeds what an open network gets. Decodes it only where its header
 * does not say.
 *
 * @throws CnnvizError BAD_IMAGE
 */
export async function measureImage(path: string, autoOrient: boolean): Promise<Size> {
  const size = readStoredSize(path, autoOrient) ?? (await lookAtPhotograph(path, autoOrient, (image) => image));
  const scale = Math.min(1, openSizeAtMost / Math.max(size.height, size.width));
  const shrink = (side: number) => Math.max(1, Math.round(side * scale));
  return { height: shrink(size.height), width: shrink(size.width) };
}

/** Undefined where the format turns or crops the picture by itself, or its header does not say. */
function readStoredSize(path: string, autoOrient: boolean): Size | undefined {
  const { bytes, header } = readImage(path);
  const { format, size } = header;
  if (size === undefined || (format !== 'jpeg' && format !== 'png')) return undefined;
  const isTurned = autoOrient && readImageTags(bytes, header).orientation > 4;
  return isTurned ? { height: size.width, width: size.height } : size;
}

/** The first image that can be measured, and its size. @throws CnnvizError BAD_IMAGE, for the first where none can */
export async function measureFirst(
  images: readonly string[],
  autoOrient: boolean,
): Promise<{ path: string; size: Size }> {
  let failure: unknown;
  for (const path of images) {
    try {
      return { path, size: await measureImage(path, autoOrient) };
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE') throw error;
      failure ??= error;
    }
  }
  throw failure;
}

/** Images in their order, those of one size that follow each other in one section; one that cannot be measured is with those before it. */
export async function splitBySize(images: readonly string[], autoOrient: boolean): Promise<Section[]> {
  const sections: (Section & { key: string | undefined })[] = [];
  for (const [index, path] of images.entries()) {
    const size = await measureImage(path, autoOrient).catch(() => undefined);
    const key = size && `${size.height} x ${size.width}`;
    const last = sections.at(-1);
    if (last === undefined || (key !== undefined && last.key !== undefined && last.key !== key)) {
      sections.push({ first: index, count: 1, key });
    } else {
      last.count++;
      last.key ??= key;
    }
  }
  return sections;
}
