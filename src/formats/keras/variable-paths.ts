// Where model.weights.h5 of a .keras file has the variables of each layer.

import type { NestedNetwork } from '../config/nested-network.js';

/**
 * Keras numbers the layers of each class and does not use their own names: `layers/conv2d_1`, and within an inner network
 * `layers/functional/layers/conv2d`.
 *
 * @returns by address
 */
export function locateVariables(network: NestedNetwork, path = '', prefix = ''): Map<string, string> {
  const places = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const layer of network.layers) {
    // A Sequential does not count its input among its layers, a functional network not its operations.
    if (layer.isOperation || layer.isImplied || (network.isSequential && layer.kind === 'InputLayer')) continue;
    const stem = toSnakeCase(classOf(layer));
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + 1);
    const place = `${path}layers/${count === 0 ? stem : `${stem}_${count}`}`;
    const address = prefix + layer.name;
    if (layer.network === undefined) places.set(address, place);
    else
      for (const [inner, found] of locateVariables(layer.network, `${place}/`, `${address}/`)) places.set(inner, found);
  }
  return places;
}

function classOf({ kind }: NestedNetwork['layers'][number]): string {
  return kind === 'Model' ? 'Functional' : kind;
}

/** As Keras makes a name of a class: `MaxPooling2D` is `max_pooling2d`. */
function toSnakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
