import { weightName } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';

const attributes = { T: { type: 'float' }, data_format: { string: 'NHWC' } } as const;

/** The bias of a layer that may have one: a number per channel or unit, added. */
export function biasOperations(layer: LayerSpec): Operation[] {
  return layer.config.useBias === false ? [] : [bias(weightName(layer, 'bias'))];
}

function bias(biasName: string): Operation {
  return {
    name: 'bias',
    keepsOrder: true,
    forward({ graph, variable }, input) {
      return {
        output: graph.add('BiasAdd', [input, variable(biasName).value], attributes),
        backward: (outputGradient) => ({
          input: outputGradient,
          weights: { [biasName]: graph.add('BiasAddGrad', [outputGradient], attributes) },
        }),
      };
    },
  };
}
