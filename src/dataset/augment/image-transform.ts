// Draws the random transform of an image.

import { createRandom } from '../../base/random.js';
import { type Augmentation, type FactorRange, factorLimits } from './augmentation.js';

/** What is done to one picture. */
export interface ImageTransform {
  /** degrees, counterclockwise */
  rotation: number;
  /** pixels */
  widthShift: number;
  /** pixels */
  heightShift: number;
  /** degrees */
  shear: number;
  /** below 1 enlarges */
  widthZoom: number;
  /** below 1 enlarges */
  heightZoom: number;
  horizontalFlip: boolean;
  verticalFlip: boolean;
  /** of 255 */
  channelShift: number;
  /** factor */
  brightness: number;
  /** factor */
  contrast: number;
}

/**
 * Draws what is done to one picture in one pass: a pure function of its arguments, so that every backend, and a resumed
 * run, gets the same. All numbers are uniform and independent, as in Keras's `get_random_transform`.
 *
 * @param size of the picture, pixels
 * @param seed uint32
 * @param fileIndex index of the image in its split's list
 */
export function drawTransform(
  augmentation: Augmentation,
  size: { width: number; height: number },
  { seed, pass, fileIndex }: { seed: number; pass: number; fileIndex: number },
): ImageTransform {
  const random = createRandom(seed, 'augment', pass, fileIndex);
  const within = (low: number, high: number) => low + (high - low) * random();
  const around0 = (range: number) => within(-range, range);
  const factor = (range: FactorRange) => within(...factorLimits(range));
  // Everything is drawn, always in this order: what one option does to a picture does not depend on the others.
  return {
    rotation: around0(augmentation.rotationRange),
    heightShift: around0(toPixels(augmentation.heightShiftRange, size.height)),
    widthShift: around0(toPixels(augmentation.widthShiftRange, size.width)),
    shear: around0(augmentation.shearRange),
    widthZoom: factor(augmentation.zoomRange),
    heightZoom: factor(augmentation.zoomRange),
    horizontalFlip: random() < 0.5 && augmentation.horizontalFlip,
    verticalFlip: random() < 0.5 && augmentation.verticalFlip,
    channelShift: around0(augmentation.channelShiftRange),
    brightness: factor(augmentation.brightnessRange),
    contrast: factor(augmentation.contrastRange),
  };
}

function toPixels(range: number, length: number): number {
  return range < 1 ? range * length : range;
}
