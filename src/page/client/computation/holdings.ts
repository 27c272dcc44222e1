// Reads values and weights out of the page, each when it is first asked for.

import type { ComputationsData } from '../../kernels/data.js';
import { type ChannelMap, type LayerMaps, valueOfStep } from '../layer-maps.js';
import type { Cell, Values } from './cell.js';
import type { Weights } from './convolution.js';
import { decodeWeights } from './decode-weights.js';

/** A layer with maps, or with units alone. */
type Stored = Pick<LayerMaps, 'layer' | 'channels'> | { units: readonly (number | null)[] };

export function valuesOf(stored: Stored): Values {
  if ('units' in stored) {
    const { units } = stored;
    return { width: 1, height: 1, channels: units.length, at: ({ channel }) => units[channel] ?? Number.NaN };
  }
  const { layer, channels } = stored;
  const { width, height } = layer;
  const at = ({ channel, x, y }: Cell) => {
    const map = channels[channel] as ChannelMap;
    return valueOfStep(map.steps[y * width + x] as number, map);
  };
  return { width, height, channels: channels.length, at };
}

/** The weights of layers, each decoded when it is first asked for. */
export function openWeights(
  parent: ParentNode,
  { layers }: ComputationsData,
): (layer: string) => Promise<Weights | undefined> {
  const known = new Map<string, Promise<Weights | undefined>>();
  const read = async (name: string) => {
    const layer = layers.find((each) => each.name === name);
    const elements = [...parent.querySelectorAll<HTMLElement>('script.weights')];
    const text = elements.find(({ dataset }) => dataset.layer === name)?.textContent;
    return layer && typeof text === 'string' ? decodeWeights(text, layer) : undefined;
  };
  return (name) => {
    const found = known.get(name) ?? read(name);
    known.set(name, found);
    return found;
  };
}
