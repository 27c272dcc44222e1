import { readNumber } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary } from '../build/ops.js';

/** Rescaling: input * scale + offset. */
export function rescaling(layer: LayerSpec): LayerForward {
  const scale = readNumber(layer, 'scale');
  const offset = readNumber(layer, 'offset');
  return ({ graph }, input) =>
    binary(graph, 'AddV2', binary(graph, 'Mul', input, graph.scalar(scale)), graph.scalar(offset));
}
