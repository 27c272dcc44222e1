// Paints a channel.

import { type Normalization, nonValueIndex } from '../../rendering/normalize.js';
import type { LayerData } from '../page-data.js';
import type { Ramps } from './ramp.js';
import { rampPlaces } from './scale.js';
import type { Steps } from './sprite.js';

/** A channel that can be painted. */
export interface Channel {
  number: number;
  layer: LayerData;
  steps: Steps;
}

/** How many pixels a channel's picture has. */
function pictureSize({ width, height, hasChannels, unitsARow }: LayerData): { width: number; height: number } {
  if (hasChannels) return { width, height };
  return { width: Math.min(width, unitsARow), height: Math.ceil(width / unitsARow) };
}

/** Paints a channel into a canvas, a pixel a value: how large that is shown is up to the style sheet. */
export function paintChannel(canvas: HTMLCanvasElement, channel: Channel, scale: Normalization, ramps: Ramps): void {
  const { layer, steps, number } = channel;
  const { width, height } = pictureSize(layer);
  const data = layer.channels[number];
  const context = canvas.getContext('2d');
  if (data === undefined || context === null) return;
  canvas.width = width;
  canvas.height = height;
  const picture = context.createImageData(width, height);
  const places = rampPlaces(scale, data, layer);
  steps.forEach((step, index) => {
    if (step === nonValueIndex) return;
    const place = (places[step] as number) * 4;
    picture.data.set(ramps.viridis.subarray(place, place + 4), index * 4);
  });
  context.putImageData(picture, 0, 0);
  if (data.nonFinite === undefined) return;
  steps.forEach((step, index) => {
    if (step !== nonValueIndex) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    context.fillStyle = `#${ramps.nonValue[(x + y) % 2]}`;
    context.fillRect(x, y, 1, 1);
  });
}
