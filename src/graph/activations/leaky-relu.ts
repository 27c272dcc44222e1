import type { Operation } from '../operation.js';

/** x where x > 0, else slope * x. With a negative slope the order of values is not kept. */
export function leakyRelu(slope: number): Operation {
  const attributes = { T: { type: 'float' }, alpha: { float: slope } } as const;
  return {
    name: 'leaky_relu',
    keepsOrder: slope >= 0,
    forward: ({ graph }, input) => ({
      output: graph.add('LeakyRelu', [input], attributes),
      backward: (gradient) => ({ input: graph.add('LeakyReluGrad', [gradient, input], attributes) }),
    }),
  };
}
