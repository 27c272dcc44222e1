// The options of random changes, as Keras names them.

import { requireFlag, requireNumber, requireOneOf } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { FILL_MODES, type FillMode } from './fill-modes.js';

/** A factor's limits, or how far from 1 it may go to either side. */
export type FactorRange = number | readonly [low: number, high: number];

/**
 * How images are changed at random while a network is trained on them, with the names and meanings of Keras's
 * ImageDataGenerator; `contrastRange` is the factor of its RandomContrast.
 */
export interface AugmentationOptions {
  /** degrees to either side */
  rotationRange?: number;
  /** to either side: below 1 a fraction of the width, from 1 on pixels */
  widthShiftRange?: number;
  /** to either side: below 1 a fraction of the height, from 1 on pixels */
  heightShiftRange?: number;
  /** degrees to either side, below 90: Keras's shear is an angle */
  shearRange?: number;
  /** width and height are zoomed independently of each other; below 1 enlarges */
  zoomRange?: FactorRange;
  /** half of the images are mirrored */
  horizontalFlip?: boolean;
  /** half of the images are flipped top to bottom */
  verticalFlip?: boolean;
  /** of 255, to either side: added to all values, which stay between the picture's least and greatest */
  channelShiftRange?: number;
  /** what all values are multiplied by; they stay within 0..255 */
  brightnessRange?: FactorRange;
  /** what the distance to each channel's mean is multiplied by; values stay within 0..255 */
  contrastRange?: FactorRange;
  fillMode?: FillMode;
}

/** Nothing is changed. */
export const AUGMENTATION_DEFAULTS = {
  rotationRange: 0,
  widthShiftRange: 0,
  heightShiftRange: 0,
  shearRange: 0,
  zoomRange: 0,
  horizontalFlip: false,
  verticalFlip: false,
  channelShiftRange: 0,
  brightnessRange: 0,
  contrastRange: 0,
  fillMode: 'nearest',
} as const satisfies Required<AugmentationOptions>;

export type Augmentation = Required<AugmentationOptions>;

/** @throws CnnvizError BAD_ARGUMENT */
export function checkAugmentation(augmentation: Augmentation): void {
  const { shearRange, fillMode } = augmentation;
  for (const name of ['rotationRange', 'widthShiftRange', 'heightShiftRange', 'channelShiftRange'] as const) {
    requireNumber(name, augmentation[name], 'a number of at least 0', (range) => range >= 0);
  }
  requireNumber('shearRange', shearRange, 'degrees from 0 to below 90', (range) => range >= 0 && range < 90);
  for (const name of ['zoomRange', 'brightnessRange', 'contrastRange'] as const) {
    const range = augmentation[name];
    const isRange = typeof range === 'number' || (Array.isArray(range) && range.length === 2);
    const [low, high] = isRange ? factorLimits(range) : [Number.NaN, Number.NaN];
    // A picture zoomed to nothing has no inverse; one without light or contrast is a picture still.
    const isAllowed =
      Number.isFinite(low) && low <= high && Number.isFinite(high) && (name === 'zoomRange' ? low > 0 : low >= 0);
    if (isAllowed) continue;
    const expected = name === 'zoomRange' ? 'from 0 to below 1, or two factors above 0' : 'from 0 to 1, or two factors';
    throw badArgument(name, `a number ${expected}, the lower first`, String(augmentation[name]));
  }
  requireFlag('horizontalFlip', augmentation.horizontalFlip);
  requireFlag('verticalFlip', augmentation.verticalFlip);
  requireOneOf('fillMode', fillMode, FILL_MODES);
}

/** The least and the greatest factor. */
export function factorLimits(range: FactorRange): readonly [low: number, high: number] {
  return typeof range === 'number' ? [1 - range, 1 + range] : range;
}

/** The augmentation asked for; undefined if images stay as they are. */
export function pickAugmentation(options: Augmentation): Augmentation | undefined {
  const names = Object.keys(AUGMENTATION_DEFAULTS) as (keyof Augmentation)[];
  const isAsked = names.some((name) => name !== 'fillMode' && options[name] !== AUGMENTATION_DEFAULTS[name]);
  if (!isAsked) return undefined;
  return Object.fromEntries(names.map((name) => [name, options[name]])) as unknown as Augmentation;
}
