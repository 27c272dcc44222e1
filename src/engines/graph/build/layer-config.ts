import type { LayerSpec } from './layer-spec.js';
import { UnsupportedByGraph } from './unsupported.js';

// Readers of a layer's configuration, which tfjs types as "anything".

export function readNumber(layer: LayerSpec, key: string): number {
  const value = layer.config[key];
  if (typeof value !== 'number') throw new UnsupportedByGraph(layer.name, `${key} is not a number`);
  return value;
}

/** [along the height, along the width] */
export function readPair(layer: LayerSpec, key: string): [number, number] {
  const value = layer.config[key];
  if (Array.isArray(value) && value.length === 2) return [value[0] as number, value[1] as number];
  throw new UnsupportedByGraph(layer.name, `${key} is not a pair`);
}

export function readPadding(layer: LayerSpec): 'VALID' | 'SAME' {
  const { padding } = layer.config;
  if (padding === 'valid') return 'VALID';
  if (padding === 'same') return 'SAME';
  throw new UnsupportedByGraph(layer.name, `padding "${padding}" is not supported`);
}

/** Throws unless the layer's images are [height, width, channels]. */
export function requireChannelsLast(layer: LayerSpec): void {
  const { dataFormat } = layer.config;
  if (dataFormat !== undefined && dataFormat !== null && dataFormat !== 'channelsLast') {
    throw new UnsupportedByGraph(layer.name, `data format "${dataFormat}" is not supported`);
  }
}

/** The name of the layer's weight that ends in `/kernel`, `/bias`, ... */
export function weightName(layer: LayerSpec, ending: string): string {
  const weight = layer.weightNames.find((name) => name.endsWith(`/${ending}`));
  if (!weight) throw new UnsupportedByGraph(layer.name, `has no weight "${ending}"`);
  return weight;
}
