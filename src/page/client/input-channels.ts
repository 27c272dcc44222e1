// What the channels of the network's input are.

import type { PageData } from '../page-data.js';
import { texts } from '../texts/en.js';

/** `red`, for a channel of the input; undefined for other layers. @param layer '' for the input, too */
export function inputChannelName(data: PageData, layer: string, channel: number): string | undefined {
  const [input] = data.network;
  if (layer !== '' && !(layer === input?.name && input.kind === 'InputLayer')) return undefined;
  const color = colorsOf(data)[channel];
  return color && texts.computation.inputChannels[color];
}

function colorsOf({ network, inputOrder }: PageData): (keyof typeof texts.computation.inputChannels)[] {
  const channels = network[0]?.shape.at(-1);
  if (channels === 1) return ['gray'];
  return inputOrder === 'bgr' ? ['blue', 'green', 'red', 'alpha'] : ['red', 'green', 'blue', 'alpha'];
}
