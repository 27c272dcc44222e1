// Keras's matrix of rotation, shift, shear, zoom and flips.

import type { ImageTransform } from './image-transform.js';

/** Where a pixel comes from: x' = a x + b y + c, y' = d x + e y + f; the first pixel's center is 0, 0. */
export type AffineMatrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * The matrix of Keras's `apply_affine_transform` and the flips after it: around the picture's center, rotation x shift x
 * shear x zoom x flip, from the new picture's coordinates to the old one's. Keras takes height for width when it looks for the
 * center of a picture that is not square; this does not.
 */
export function affineMatrix(
  transform: ImageTransform,
  { width, height }: { width: number; height: number },
): AffineMatrix {
  const angle = toRadians(transform.rotation);
  const sheared = toRadians(transform.rotation + transform.shear);
  const zoomX = transform.horizontalFlip ? -transform.widthZoom : transform.widthZoom;
  const zoomY = transform.verticalFlip ? -transform.heightZoom : transform.heightZoom;
  // rotation x shear: the x axis is turned by one angle, the y axis by the sum of both
  const a = Math.cos(angle) * zoomX;
  const b = -Math.sin(sheared) * zoomY;
  const d = Math.sin(angle) * zoomX;
  const e = Math.cos(sheared) * zoomY;
  const [centerX, centerY] = [(width - 1) / 2, (height - 1) / 2];
  const shiftX = Math.cos(angle) * transform.widthShift - Math.sin(angle) * transform.heightShift;
  const shiftY = Math.sin(angle) * transform.widthShift + Math.cos(angle) * transform.heightShift;
  return [a, b, shiftX + centerX - a * centerX - b * centerY, d, e, shiftY + centerY - d * centerX - e * centerY];
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
