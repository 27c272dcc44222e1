// The kinds of losses and optimizers, by name.

import type { LossName, OptimizerConfig } from '../contract/training-config.js';
import { binaryCrossentropy } from './losses/binary-crossentropy.js';
import { categoricalCrossentropy } from './losses/categorical-crossentropy.js';
import type { Loss } from './losses/loss.js';
import { adam } from './optimizers/adam.js';
import type { Optimizer } from './optimizers/optimizer.js';
import { rmsprop } from './optimizers/rmsprop.js';
import { sgd } from './optimizers/sgd.js';

/** @param units of the network's last layer */
export function createLoss(name: LossName, units: number): Loss {
  return name === 'binaryCrossentropy' ? binaryCrossentropy(units) : categoricalCrossentropy;
}

export function createOptimizer(config: OptimizerConfig): Optimizer {
  switch (config.name) {
    case 'rmsprop':
      return rmsprop(config);
    case 'adam':
      return adam(config);
    case 'sgd':
      return sgd(config);
  }
}
