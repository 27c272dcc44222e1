// The augmentation options, named as in Keras.

import { choice, number, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { defaultsOf } from '../../options/resolve.js';
import { factorRange } from './factor-range.js';
import { FILL_MODES } from './fill-modes.js';

/** Without any of them nothing changes, so help shows no default. */
const unchanged = { default: 0, shownDefault: false } as const;
const unturned = { default: false, negated: { help: 'turn off flips set by a recipe' } } as const;

export const AUGMENTATION_OPTIONS = section('Augmentation', {
  /** degrees to either side */
  rotationRange: number({
    ...unchanged,
    min: 0,
    help: 'rotate randomly by up to this angle in either direction',
    placeholder: 'degrees',
  }),
  /** to either side: below 1 a fraction of the width, from 1 on pixels */
  widthShiftRange: number({
    ...unchanged,
    min: 0,
    help: 'shift horizontally by up to this fraction of the width (1 or more: pixels)',
    placeholder: 'fraction',
  }),
  /** to either side: below 1 a fraction of the height, from 1 on pixels */
  heightShiftRange: number({
    ...unchanged,
    min: 0,
    help: 'shift vertically by up to this fraction of the height (1 or more: pixels)',
    placeholder: 'fraction',
  }),
  /** degrees to either side, below 90: Keras's shear is an angle */
  shearRange: number({
    ...unchanged,
    min: 0,
    below: 90,
    help: 'shear by up to this angle',
    placeholder: 'degrees',
  }),
  /** width and height are zoomed independently of each other; below 1 enlarges */
  // A picture zoomed to nothing has no inverse; one without light or contrast is a picture still.
  zoomRange: factorRange({
    ...unchanged,
    aboveZero: true,
    help: 'zoom width and height by random factors; .2 means .8,1.2',
  }),
  /** half of the images are mirrored */
  horizontalFlip: toggle({ ...unturned, help: 'flip half of the images left to right' }),
  /** half of the images are flipped top to bottom */
  verticalFlip: toggle({ ...unturned, help: 'flip half of the images top to bottom' }),
  /** of 255, in either direction: added to all values, which are clipped to the image's minimum and maximum */
  channelShiftRange: number({
    ...unchanged,
    min: 0,
    help: 'add a random offset of up to this value (of 255) to all values',
    placeholder: 'value',
  }),
  /** factor of all values, which are clipped to 0..255 */
  brightnessRange: factorRange({ ...unchanged, help: 'multiply all values by a random factor; .2 means .8,1.2' }),
  /** factor of the distance to each channel's mean; values are clipped to 0..255 */
  contrastRange: factorRange({
    ...unchanged,
    help: "multiply the distance to the channel's mean by a random factor; .2 means .8,1.2",
  }),
  fillMode: choice(FILL_MODES, {
    default: 'nearest',
    help: 'how to fill areas that the image leaves empty',
    placeholder: 'mode',
  }),
});

/** Nothing is changed. */
export const AUGMENTATION_DEFAULTS = defaultsOf(AUGMENTATION_OPTIONS);

/**
 * Random changes of training images, with the names and meanings of Keras's ImageDataGenerator; `contrastRange` is the
 * factor of its RandomContrast.
 */
export interface AugmentationOptions extends OptionsOf<typeof AUGMENTATION_OPTIONS> {}
