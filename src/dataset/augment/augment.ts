// Changes a batch's images on their way to the network.

import type { Preprocessing } from '../decode/preprocessing.js';
import type { Batch } from '../stream/batch.js';
import { affineMatrix } from './affine.js';
import type { Augmentation } from './augmentation.js';
import { FILLERS, type FillMode } from './fill-modes.js';
import { drawTransform, type ImageTransform } from './image-transform.js';
import { scaleBrightness, scaleContrast, shiftChannels } from './recolor.js';
import { warpPicture } from './warp.js';

type Target = Pick<Preprocessing, 'width' | 'height' | 'rescale'>;

/**
 * Augments a batch on its way to the network, each image as its pass wants it.
 *
 * @param seed uint32
 * @param out where to write, as long as the pixels at least
 * @returns pixels.length values, the beginning of `out`: [size, height, width, 3], rescaled
 */
export function augmentBatch(
  { pixels, fileIndexes, pass }: Batch,
  { augmentation, seed }: { augmentation: Augmentation; seed: number },
  target: Target,
  out: Float32Array,
): Float32Array {
  const imageSize = target.width * target.height * 3;
  fileIndexes.forEach((fileIndex, place) => {
    const [from, to] = [place * imageSize, (place + 1) * imageSize];
    const transform = drawTransform(augmentation, target, { seed, pass, fileIndex });
    transformImage(pixels.subarray(from, to), transform, augmentation.fillMode, target, out.subarray(from, to));
  });
  return out.subarray(0, pixels.length);
}

/**
 * Does to one picture what Keras's `apply_transform` does, in its order: rotation, shift, shear and zoom, channel shift, flips,
 * brightness; then contrast, then the rescaling.
 *
 * @param pixels [height, width, 3], 0..255
 * @param out [height, width, 3]
 */
export function transformImage(
  pixels: Uint8Array,
  transform: ImageTransform,
  fillMode: FillMode,
  { width, height, rescale }: Target,
  out: Float32Array,
): void {
  const scale = Math.fround(rescale);
  const white = 255 * scale;
  const { channelShift, brightness, contrast } = transform;
  // The flips are a part of the matrix: what comes between them and it does not look at where a value is.
  const matrix = affineMatrix(transform, { width, height });
  warpPicture({ width, height, pixels }, matrix, { fill: FILLERS[fillMode], scale, out });
  if (channelShift !== 0) shiftChannels(out, channelShift * scale);
  if (brightness !== 1) scaleBrightness(out, brightness, white);
  if (contrast !== 1) scaleContrast(out, contrast, white);
}
