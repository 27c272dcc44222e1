import { activationOperations } from '../activation-kinds.js';
import { weightName } from '../layer-config.js';
import type { LayerSpec } from '../layer-spec.js';
import type { Operation } from '../operation.js';
import { matMul } from '../ops.js';
import { UnsupportedByGraph } from '../unsupported.js';
import { biasOperations } from './bias.js';

/** Dense: product with the kernel, bias, activation. */
export function dense(layer: LayerSpec): Operation[] {
  if (layer.inputShape.length !== 1) throw new UnsupportedByGraph(layer.name, 'is fed by something that is not flat');
  return [product(weightName(layer, 'kernel')), ...biasOperations(layer), ...activationOperations(layer)];
}

function product(kernelName: string): Operation {
  return {
    name: 'product',
    forward({ graph, variable }, input) {
      const kernel = variable(kernelName).value;
      return {
        output: matMul(graph, input, kernel), // [batch, units]
        backward: (outputGradient) => ({
          input: matMul(graph, outputGradient, kernel, { b: true }),
          weights: { [kernelName]: matMul(graph, input, outputGradient, { a: true }) },
        }),
      };
    },
  };
}
