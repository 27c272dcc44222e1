import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, cast, unary } from '../build/ops.js';
import { assignVariable } from '../build/variables.js';
import type { Optimizer } from './optimizer.js';

interface AdamConfig {
  beta1: number;
  beta2: number;
  epsilon: number;
}

/**
 * Adam (Kingma and Ba, 2015, algorithm 1: epsilon is added to the root of the corrected moment, as in tfjs and
 * PyTorch): w -= lr m' / (sqrt(v') + epsilon).
 */
export function adam(config: AdamConfig): Optimizer {
  return {
    slots: [{ name: 'm' }, { name: 'v' }],
    scalars: ['iterations'],
    prepare(graph, learningRate, [iterations]) {
      if (!iterations) throw new Error('Adam needs its iteration count');
      const step = binary(graph, 'AddV2', iterations.value, graph.scalar(1));
      const bias1 = momentBias(graph, config.beta1, step);
      const root2 = unary(graph, 'Sqrt', momentBias(graph, config.beta2, step));
      // lr m' / (sqrt(v') + epsilon) = rate m / (sqrt(v) + scaledEpsilon); the op's own correction is switched off.
      const rate = binary(graph, 'Mul', learningRate, cast(graph, binary(graph, 'RealDiv', root2, bias1), 'float'));
      const scaledEpsilon = binary(graph, 'Mul', cast(graph, root2, 'float'), graph.scalar(config.epsilon));
      const noPower = graph.scalar(0);
      const numbers = [rate, graph.scalar(config.beta1), graph.scalar(config.beta2), scaledEpsilon];
      return {
        also: [assignVariable(graph, iterations.handle, step)],
        update: (weight, gradient, slots) =>
          graph.add(
            'ResourceApplyAdam',
            [weight.handle, ...slots.map(({ handle }) => handle), noPower, noPower, ...numbers, gradient],
            { T: { type: 'float' }, use_locking: { bool: false }, use_nesterov: { bool: false } },
          ),
      };
    },
  };
}

/** 1 - beta ^ step, in double precision, of the beta that the op gets. */
function momentBias(graph: GraphBuilder, beta: number, step: GraphTensor): GraphTensor {
  const power = binary(graph, 'Pow', graph.doubleScalar(Math.fround(beta)), cast(graph, step, 'double'));
  return binary(graph, 'Sub', graph.doubleScalar(1), power);
}
