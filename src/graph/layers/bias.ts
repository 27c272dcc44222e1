import type { GraphTensor } from '../graph-builder.js';
import { weightName } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Gradients, Operation, OperationContext } from '../operation.js';

const attributes = { T: { type: 'float' }, data_format: { string: 'NHWC' } } as const;

/** The bias of a layer that may have one: a number per channel or unit, added. */
export function biasOperations(layer: LayerSpec): Operation[] {
  return layer.config.useBias === false ? [] : [bias(weightName(layer, 'bias'))];
}

function bias(biasName: string): Operation {
  const backward = ({ graph }: OperationContext, gradient: GraphTensor): Gradients => ({
    input: gradient,
    weights: { [biasName]: graph.add('BiasAddGrad', [gradient], attributes) },
  });
  return {
    name: 'bias',
    keepsOrder: {
      mergesIntoConvolution: true,
      backward: (context, _output, gradient) => backward(context, gradient),
    },
    forward: (context, input) => ({
      output: context.graph.add('BiasAdd', [input, context.variable(biasName).value], attributes),
      backward: (gradient) => backward(context, gradient),
    }),
  };
}
