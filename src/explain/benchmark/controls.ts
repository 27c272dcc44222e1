// Maps that explain nothing, and that a method has to beat.

import type { Plane } from '../../base/plane.js';
import type { Random } from '../../base/random.js';

/**
 * random: as coarse as the method's own map; gaussian: a blob in the middle, where animals are; edges: a filter without a network;
 * mean: what the same method says of other images, which knows nothing of this one.
 */
export const CONTROLS = ['random', 'gaussian', 'edges', 'mean'] as const;

export type ControlName = (typeof CONTROLS)[number];

/** A map of random numbers. */
export function randomMap({ width, height }: Pick<Plane, 'width' | 'height'>, random: Random): Plane {
  return { width, height, values: Float32Array.from({ length: width * height }, random) };
}

/** A Gaussian in the middle, its standard deviation a quarter of each side. */
export function gaussianMap({ width, height }: Pick<Plane, 'width' | 'height'>): Plane {
  const weigh = (at: number, size: number) => Math.exp(-0.5 * ((at + 0.5 - size / 2) / (size / 4)) ** 2);
  const values = Float32Array.from(
    { length: width * height },
    (_, index) => weigh(index % width, width) * weigh(Math.floor(index / width), height),
  );
  return { width, height, values };
}

/**
 * Sobel's filter: how much the brightness, the mean of the channels, changes at each pixel.
 *
 * @param input [height, width, channels]
 */
export function edgeMap(input: Float32Array, [height, width, channels]: readonly [number, number, number]): Plane {
  const bright = (x: number, y: number) => {
    const at = (clamp(y, height) * width + clamp(x, width)) * channels;
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += input[at + channel] as number;
    return sum / channels;
  };
  const values = new Float32Array(height * width);
  for (let index = 0; index < values.length; index++) {
    const [x, y] = [index % width, Math.floor(index / width)];
    const column = (at: number) => bright(at, y - 1) + 2 * bright(at, y) + bright(at, y + 1);
    const row = (at: number) => bright(x - 1, at) + 2 * bright(x, at) + bright(x + 1, at);
    values[index] = Math.hypot(column(x + 1) - column(x - 1), row(y + 1) - row(y - 1));
  }
  return { width, height, values };
}

const clamp = (at: number, size: number) => Math.min(size - 1, Math.max(0, at));

/** The mean of the maps of all others. @param maps of one size, two at least */
export function meanOfOthers(maps: readonly Plane[], own: number): Plane {
  const { width, height } = maps[own] as Plane;
  const values = new Float32Array(width * height);
  for (let index = 0; index < values.length; index++) {
    let sum = 0;
    for (const [at, map] of maps.entries()) if (at !== own) sum += map.values[index] as number;
    values[index] = sum / (maps.length - 1);
  }
  return { width, height, values };
}
