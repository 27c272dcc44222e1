import { CnnvizError } from '../../errors.js';
import { activationOperations } from '../activation-kinds.js';
import type { GraphTensor } from '../graph-builder.js';
import { readPadding, readPair, requireChannelsLast, weightName } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { shapeOf } from '../ops.js';
import { UnsupportedByGraph } from '../unsupported.js';
import { biasOperations } from './bias.js';

/** Conv2D: convolution, bias, activation. */
export function conv2d(layer: LayerSpec): Operation[] {
  return [convolution(layer), ...biasOperations(layer), ...activationOperations(layer)];
}

function convolution(layer: LayerSpec): Operation {
  requireChannelsLast(layer);
  if (readPair(layer, 'dilationRate').some((rate) => rate !== 1)) {
    throw new UnsupportedByGraph(layer.name, 'is dilated');
  }
  const [down, right] = readPair(layer, 'strides');
  const attributes = {
    T: { type: 'float' },
    strides: { ints: [1, down, right, 1] },
    padding: { string: readPadding(layer) },
    data_format: { string: 'NHWC' },
    dilations: { ints: [1, 1, 1, 1] },
  } as const;
  const kernelName = weightName(layer, 'kernel');
  return {
    name: 'convolution',
    forward({ graph, training, variable }, input) {
      const kernel = variable(kernelName);
      return {
        output: graph.add('Conv2D', [input, kernel.value], attributes),
        backward(outputGradient: GraphTensor) {
          if (training) requireTrainableStrides(layer);
          const kernelShape = graph.integers(kernel.shape);
          return {
            input: graph.add('Conv2DBackpropInput', [shapeOf(graph, input), kernel.value, outputGradient], attributes, {
              type: 'float',
            }),
            weights: {
              [kernelName]: graph.add('Conv2DBackpropFilter', [input, kernelShape, outputGradient], attributes),
            },
          };
        },
      };
    },
  };
}

/** TensorFlow 2.21's filter gradient writes beyond its memory there, in a graph as in tfjs-node itself. */
function requireTrainableStrides(layer: LayerSpec): void {
  const [strides, kernel] = [readPair(layer, 'strides'), readPair(layer, 'kernelSize')];
  if (strides[0] !== strides[1] && (strides[0] > kernel[0] || strides[1] > kernel[1])) {
    const problem = `strides [${strides}] differ and exceed the kernel [${kernel}]`;
    throw new CnnvizError('BAD_MODEL', `${layer.name}: ${problem}, which native TensorFlow cannot train`, {
      hint: 'Use equal strides, a larger kernel or another backend.',
    });
  }
}
