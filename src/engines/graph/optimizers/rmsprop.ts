import type { Optimizer } from './optimizer.js';

/**
 * RMSprop (Tieleman and Hinton, 2012) as Keras 3 and tfjs have it, epsilon inside the root:
 * ms = rho ms + (1 - rho) g^2; mom = momentum mom + lr g / sqrt(ms + epsilon); w -= mom.
 */
export function rmsprop(config: { rho: number; momentum: number; epsilon: number }): Optimizer {
  return {
    slots: [{ name: 'rms' }, { name: 'momentum', scratch: config.momentum === 0 }],
    prepare(graph, learningRate) {
      const numbers = [
        learningRate,
        graph.scalar(config.rho),
        graph.scalar(config.momentum),
        graph.scalar(config.epsilon),
      ];
      return {
        also: [],
        update: (weight, gradient, slots) =>
          graph.add(
            'ResourceApplyRMSProp',
            [weight.handle, ...slots.map(({ handle }) => handle), ...numbers, gradient],
            { T: { type: 'float' }, use_locking: { bool: false } },
          ),
      };
    },
  };
}
