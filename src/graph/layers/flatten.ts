import { requireChannelsLast } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { reshape, shapeOf } from '../ops.js';

/** Flatten: [batch, height, width, channels] -> [batch, height * width * channels]. */
export function flatten(layer: LayerSpec): Operation[] {
  requireChannelsLast(layer);
  return [
    {
      name: 'flatten',
      forward: ({ graph }, input) => ({
        output: reshape(graph, input, graph.integers([-1, ...layer.outputShape])),
        backward: (outputGradient) => ({ input: reshape(graph, outputGradient, shapeOf(graph, input)) }),
      }),
    },
  ];
}
