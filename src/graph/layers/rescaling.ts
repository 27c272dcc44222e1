import { readNumber } from '../layer-config.js';
import type { LayerForward } from '../layer-forward.js';
import type { LayerSpec } from '../layer-spec.js';
import { binary } from '../ops.js';

/** Rescaling: input * scale + offset. */
export function rescaling(layer: LayerSpec): LayerForward {
  const scale = readNumber(layer, 'scale');
  const offset = readNumber(layer, 'offset');
  return ({ graph }, input) =>
    binary(graph, 'AddV2', binary(graph, 'Mul', input, graph.scalar(scale)), graph.scalar(offset));
}
