import { readNumber } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { binary } from '../ops.js';

/** Rescaling: input * scale + offset. */
export function rescaling(layer: LayerSpec): Operation[] {
  const scale = readNumber(layer, 'scale');
  const offset = readNumber(layer, 'offset');
  return [
    {
      name: 'rescaling',
      forward: ({ graph }, input) => ({
        output: binary(graph, 'AddV2', binary(graph, 'Mul', input, graph.scalar(scale)), graph.scalar(offset)),
        backward: (outputGradient) => ({ input: binary(graph, 'Mul', outputGradient, graph.scalar(scale)) }),
      }),
    },
  ];
}
