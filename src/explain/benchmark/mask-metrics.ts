// How well a map agrees with a mask of where the evidence is known to lie.

import type { Plane } from '../../base/plane.js';

/** Pixels of a picture where something is. */
export type Mask = Uint8Array;

/** The share of the mask in the picture, 0..1: the energy inside it of a map without any knowledge. */
export function shareOf(mask: Mask): number {
  return mask.reduce((sum, inside) => sum + (inside > 0 ? 1 : 0), 0) / mask.length;
}

/**
 * Energy inside the mask: of a map's evidence for the class, how much lies there, 0..1; 0 where it has none.
 *
 * Wang et al.: "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", CVPR workshops 2020, section 4.3.
 */
export function energyInside({ values }: Plane, mask: Mask): number {
  let [inside, all] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const evidence = Math.max(0, values[index] as number);
    all += evidence;
    if ((mask[index] as number) > 0) inside += evidence;
  }
  return all > 0 ? inside / all : 0;
}

/**
 * Pointing game: whether the map's highest value lies in the mask, 1 or 0; of several equal ones the share that does.
 *
 * Zhang et al.: "Top-down Neural Attention by Excitation Backprop", ECCV 2016, section 4.2.
 */
export function pointsInside({ values }: Plane, mask: Mask): number {
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  let [inside, all] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    if (values[index] !== highest) continue;
    all++;
    if ((mask[index] as number) > 0) inside++;
  }
  return all > 0 ? inside / all : 0;
}
