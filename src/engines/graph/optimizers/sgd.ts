import type { Optimizer } from './optimizer.js';

const attributes = { T: { type: 'float' }, use_locking: { bool: false } } as const;

/**
 * Gradient descent. With momentum as tfjs and PyTorch have it: v = momentum v + g; w -= lr v, or with Nesterov's
 * look-ahead w -= lr (g + momentum v). (Keras multiplies by the learning rate before the sum: the same as long as the
 * learning rate does not change.)
 */
export function sgd(config: { momentum: number; nesterov: boolean }): Optimizer {
  if (config.momentum === 0) return plain;
  return {
    slots: [{ name: 'momentum' }],
    prepare(graph, learningRate) {
      const momentum = graph.scalar(config.momentum);
      return {
        also: [],
        update: (weight, gradient, slots) =>
          graph.add(
            'ResourceApplyMomentum',
            [weight.handle, ...slots.map(({ handle }) => handle), learningRate, gradient, momentum],
            { ...attributes, use_nesterov: { bool: config.nesterov } },
          ),
      };
    },
  };
}

const plain: Optimizer = {
  slots: [],
  prepare: (graph, learningRate) => ({
    also: [],
    update: (weight, gradient) =>
      graph.add('ResourceApplyGradientDescent', [weight.handle, learningRate, gradient], attributes),
  }),
};
