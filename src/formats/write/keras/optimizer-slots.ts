// What an optimizer of Keras keeps, as it is before the first step: a file without it would be loaded with a warning.

import type { ExportedTraining } from '../export-content.js';
import type { ExportedLayer, ExportedNetwork } from '../exported-network.js';
import { orderLayers } from './layer-order.js';

/** What training does not change, by its role. */
const STATISTICS = new Set(['moving_mean', 'moving_variance', 'mean', 'variance', 'count']);

/** The shapes of its slots, in Keras's order, after the number of steps and the learning rate. */
export function slotShapes({ optimizer, momentum }: ExportedTraining, network: ExportedNetwork): number[][] {
  const trainable = orderLayers(network)
    .filter((layer) => layer.trainable)
    .flatMap(trainableShapes);
  switch (optimizer) {
    case 'rmsprop':
      return momentum > 0 ? [...trainable, ...trainable] : trainable;
    case 'adam':
    case 'adamw':
      return trainable.flatMap((shape) => [shape, shape]);
    case 'sgd':
      return momentum > 0 ? trainable : [];
  }
}

function trainableShapes({ weights }: ExportedLayer): number[][] {
  return weights.filter(({ name }) => !STATISTICS.has(name)).map(({ shape }) => shape);
}
