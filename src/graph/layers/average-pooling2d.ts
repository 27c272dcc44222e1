import { readPadding, readPair, requireChannelsLast } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { shapeOf } from '../ops.js';

/** AveragePooling2D. Padding does not count. */
export function averagePooling2d(layer: LayerSpec): Operation[] {
  requireChannelsLast(layer);
  const attributes = {
    T: { type: 'float' },
    ksize: { ints: [1, ...readPair(layer, 'poolSize'), 1] },
    strides: { ints: [1, ...readPair(layer, 'strides'), 1] },
    padding: { string: readPadding(layer) },
    data_format: { string: 'NHWC' },
  } as const;
  return [
    {
      name: 'average_pool',
      forward: ({ graph }, input) => ({
        output: graph.add('AvgPool', [input], attributes),
        backward: (outputGradient) => ({
          input: graph.add('AvgPoolGrad', [shapeOf(graph, input), outputGradient], attributes, { type: 'float' }),
        }),
      }),
    },
  ];
}
