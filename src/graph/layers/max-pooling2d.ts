import { readPadding, readPair, requireChannelsLast } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';

/** MaxPooling2D. Padding never wins. */
export function maxPooling2d(layer: LayerSpec): Operation[] {
  requireChannelsLast(layer);
  return [maxPool(readPair(layer, 'poolSize'), readPair(layer, 'strides'), readPadding(layer))];
}

/** The maximum over windows; where two values are equal, the first one gets the gradient. */
export function maxPool(size: [number, number], strides: [number, number], padding: 'VALID' | 'SAME'): Operation {
  const attributes = {
    T: { type: 'float' },
    ksize: { ints: [1, ...size, 1] },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding },
    data_format: { string: 'NHWC' },
  } as const;
  return {
    name: 'max_pool',
    isMaxPooling: true,
    forward({ graph }, input) {
      const output = graph.add('MaxPool', [input], attributes);
      return {
        output,
        backward: (outputGradient) => ({
          input: graph.add('MaxPoolGrad', [input, output, outputGradient], attributes),
        }),
      };
    },
  };
}
