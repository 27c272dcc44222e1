// Paints a channel.

import { nonValueIndex } from '../../rendering/normalize.js';
import type { LayerMaps } from './layer-maps.js';
import type { Ramps } from './ramp.js';
import { rampPlaces, type ScaleName } from './scale.js';

/** A channel and what its colors come from. */
export interface Painted {
  maps: LayerMaps;
  /** of the channel, from 0 */
  number: number;
  scale: ScaleName;
}

/** Paints a channel into a canvas, a pixel a value: how large that is shown is up to the style sheet. */
export function paintChannel(canvas: HTMLCanvasElement, painted: Painted, ramps: Ramps): void {
  const { width, height } = painted.maps.layer;
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(colorChannel(painted, ramps), 0, 0);
}

/** A channel in colors, a pixel a value; a checkered pattern where there is no number. */
export function colorChannel({ maps, number, scale }: Painted, ramps: Ramps): ImageData {
  const { width, height } = maps.layer;
  const picture = new ImageData(width, height);
  const { steps } = maps.channels[number] ?? { steps: [] };
  const pixels = new Uint32Array(picture.data.buffer);
  const ramp = new Uint32Array(Uint8ClampedArray.from(ramps.viridis).buffer);
  const colors = Uint32Array.from(rampPlaces(scale, maps, number), (place) => ramp[place] as number);
  const [dark, light] = ramps.nonValue.map(parseColor) as [number, number];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as number;
    if (step !== nonValueIndex) pixels[index] = colors[step] as number;
    else pixels[index] = ((index % width) + Math.floor(index / width)) % 2 === 0 ? dark : light;
  }
  return picture;
}

/** rrggbb as a pixel in memory. */
function parseColor(hex: string): number {
  const parts = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return new Uint32Array(Uint8ClampedArray.of(...parts, 255).buffer)[0] as number;
}
