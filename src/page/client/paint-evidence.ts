// Paints a map of evidence over an image.

import type { Plane } from '../../base/plane.js';
import { evidenceColor, evidenceOpacity, evidencePlace } from '../../rendering/evidence-scale.js';
import type { Ramps } from './ramp.js';

/** @param limit the ends of the scale are -limit and limit */
export function paintEvidence(
  canvas: HTMLCanvasElement,
  { width, height, values }: Plane,
  limit: number,
  ramps: Ramps,
): void {
  Object.assign(canvas, { width, height });
  const picture = new ImageData(width, height);
  values.forEach((value, index) => {
    picture.data.set(Number.isFinite(value) ? evidenceColorOf(value, limit, ramps) : [255, 0, 0, 255], index * 4);
  });
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}

/** The further from 0, the more opaque: 0 leaves the image as it is. */
export function evidenceColorOf(value: number, limit: number, { coolwarm }: Ramps): number[] {
  const place = evidencePlace(value, limit);
  const color = evidenceColor(place) * 4;
  return [...coolwarm.subarray(color, color + 3), Math.round(255 * evidenceOpacity(place))];
}
