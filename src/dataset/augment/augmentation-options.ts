// The options of random changes, as Keras names them.

import { choice, number, toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import { defaultsOf } from '../../options/resolve.js';
import { factorRange } from './factor-range.js';
import { FILL_MODES } from './fill-modes.js';

/** Without any of them nothing is changed, so no help shows that default. */
const unchanged = { default: 0, shownDefault: false } as const;
const unturned = { default: false, negated: { help: 'do not, whatever the recipe says' } } as const;

export const AUGMENTATION_OPTIONS = section('Augmentation', {
  /** degrees to either side */
  rotationRange: number({
    ...unchanged,
    min: 0,
    help: 'turn photographs at random, up to this to either side',
    placeholder: 'degrees',
  }),
  /** to either side: below 1 a fraction of the width, from 1 on pixels */
  widthShiftRange: number({
    ...unchanged,
    min: 0,
    help: 'shift them sideways (from 1 on: pixels)',
    placeholder: 'fraction',
  }),
  /** to either side: below 1 a fraction of the height, from 1 on pixels */
  heightShiftRange: number({
    ...unchanged,
    min: 0,
    help: 'shift them up or down (from 1 on: pixels)',
    placeholder: 'fraction',
  }),
  /** degrees to either side, below 90: Keras's shear is an angle */
  shearRange: number({
    ...unchanged,
    min: 0,
    below: 90,
    expected: 'degrees from 0 to below 90',
    help: 'slant them',
    placeholder: 'degrees',
  }),
  /** width and height are zoomed independently of each other; below 1 enlarges */
  // A picture zoomed to nothing has no inverse; one without light or contrast is a picture still.
  zoomRange: factorRange({ ...unchanged, aboveZero: true, help: 'zoom width and height; .2 means .8,1.2' }),
  /** half of the images are mirrored */
  horizontalFlip: toggle({ ...unturned, help: 'mirror half of them' }),
  /** half of the images are flipped top to bottom */
  verticalFlip: toggle({ ...unturned, help: 'turn half of them upside down' }),
  /** of 255, to either side: added to all values, which stay between the picture's least and greatest */
  channelShiftRange: number({ ...unchanged, min: 0, help: 'add to all values, of 255', placeholder: 'value' }),
  /** what all values are multiplied by; they stay within 0..255 */
  brightnessRange: factorRange({ ...unchanged, help: 'multiply all values; .2 means .8,1.2' }),
  /** what the distance to each channel's mean is multiplied by; values stay within 0..255 */
  contrastRange: factorRange({
    ...unchanged,
    help: "multiply their distance to the channel's mean; .2 means .8,1.2",
  }),
  fillMode: choice(FILL_MODES, {
    default: 'nearest',
    help: 'what fills the frame where they leave it',
    placeholder: 'mode',
  }),
});

/** Nothing is changed. */
export const AUGMENTATION_DEFAULTS = defaultsOf(AUGMENTATION_OPTIONS);

/**
 * How images are changed at random while a network is trained on them, with the names and meanings of Keras's
 * ImageDataGenerator; `contrastRange` is the factor of its RandomContrast.
 */
export interface AugmentationOptions extends OptionsOf<typeof AUGMENTATION_OPTIONS> {}
