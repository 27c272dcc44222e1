// The sheet that it draws.

import { formatFixed } from '../../base/numbers.js';
import type { Raster } from '../../base/raster.js';
import type { Augmentation } from '../../dataset/augment/augmentation.js';
import type { ImageTransform } from '../../dataset/augment/image-transform.js';
import { renderContactSheet, type SheetEntry } from '../../rendering/contact-sheet.js';

/** Pixels that the longest line needs. */
const LINE_WIDTH = 280;

/** A picture as one pass shows it to the network. */
export interface AugmentedPicture {
  picture: Raster;
  /** from 1 */
  pass: number;
  transform: ImageTransform;
}

/** The picture as it is, then augmented as in pass after pass, each with what was done to it. */
export function drawAugmentSheet(
  name: string,
  original: Raster,
  augmented: readonly AugmentedPicture[],
  { augmentation, seed }: { augmentation: Augmentation; seed: number },
): Raster {
  const { width, height } = original;
  const entries: SheetEntry[] = [
    { picture: original, lines: ['original'] },
    ...augmented.map(({ picture, pass, transform }) => ({ picture, lines: describe(pass, transform, augmentation) })),
  ];
  const largest = Math.max(width, height);
  return renderContactSheet({
    title: `${name}, augmented`,
    subtitle: `as the network sees it: ${width} x ${height} pixels, fill mode ${augmentation.fillMode}, seed ${seed}`,
    entries,
    cell: largest * Math.ceil(LINE_WIDTH / largest),
  });
}

/** What was asked for, in Keras's units. */
function describe(pass: number, transform: ImageTransform, augmentation: Augmentation): string[] {
  const { rotation, shear, widthZoom, heightZoom } = transform;
  const { channelShift, brightness, contrast, horizontalFlip, verticalFlip } = transform;
  const { widthShiftRange, heightShiftRange } = augmentation;
  const when = (isAsked: unknown, text: string) => (isAsked ? [text] : []);
  return [
    [`epoch ${pass}`, ...when(horizontalFlip, 'mirrored'), ...when(verticalFlip, 'upside down')],
    [
      ...when(augmentation.rotationRange, `rotation ${formatFixed(rotation, 1)}°`),
      ...when(augmentation.shearRange, `shear ${formatFixed(shear, 2)}°`),
    ],
    when(widthShiftRange || heightShiftRange, describeShift(transform)),
    when(augmentation.zoomRange, `zoom ${formatFixed(widthZoom, 2)}, ${formatFixed(heightZoom, 2)}`),
    [
      ...when(augmentation.channelShiftRange, `channels ${formatFixed(channelShift, 1)}`),
      ...when(augmentation.brightnessRange, `brightness ${formatFixed(brightness, 2)}`),
    ],
    when(augmentation.contrastRange, `contrast ${formatFixed(contrast, 2)}`),
  ].flatMap((parts) => (parts.length === 0 ? [] : [parts.join(', ')]));
}

/** Where the content of the finished picture went: a transform says where each pixel comes from, before it is mirrored. */
function describeShift({ widthShift, heightShift, horizontalFlip, verticalFlip }: ImageTransform): string {
  const across = `${formatFixed(Math.abs(widthShift), 0)} px ${widthShift > 0 !== horizontalFlip ? 'left' : 'right'}`;
  const down = `${formatFixed(Math.abs(heightShift), 0)} px ${heightShift > 0 !== verticalFlip ? 'up' : 'down'}`;
  return `${across}, ${down}`;
}
