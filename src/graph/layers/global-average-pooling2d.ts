import { requireChannelsLast } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { binary, reduce, reshape, shapeOf } from '../ops.js';

/** GlobalAveragePooling2D: the mean of each channel, [batch, height, width, channels] -> [batch, channels]. */
export function globalAveragePooling2d(layer: LayerSpec): Operation[] {
  requireChannelsLast(layer);
  const [height, width, channels] = layer.inputShape as [number, number, number];
  return [
    {
      name: 'global_average_pool',
      forward: ({ graph }, input) => ({
        output: reduce(graph, 'Mean', input, [1, 2]),
        backward(outputGradient) {
          const share = binary(graph, 'Mul', outputGradient, graph.scalar(1 / (height * width)));
          const pixel = reshape(graph, share, graph.integers([-1, 1, 1, channels]));
          return {
            input: graph.add('BroadcastTo', [pixel, shapeOf(graph, input)], {
              T: { type: 'float' },
              Tidx: { type: 'int32' },
            }),
          };
        },
      }),
    },
  ];
}
