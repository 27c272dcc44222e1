// Where model.weights.h5 of a .keras file has the variables of each layer.

import { listWeightRoles } from '../config/layer-kinds.js';
import type { NestedLayer, NestedNetwork } from '../config/nested-network.js';

/** How a version of Keras puts paths together. */
export interface PathLayout {
  /** of the layers of each network */
  readonly group: string;
  /** Keras 2 lists a layer with weights twice, and numbers both */
  readonly countsTwice: boolean;
  /** Windows has its own */
  readonly separator: string;
}

const KERAS_3: PathLayout = { group: 'layers', countsTwice: false, separator: '/' };

/** All that have been seen, that of Keras 3 first. */
export const LAYOUTS: readonly PathLayout[] = ['/', '\\'].flatMap((separator) => [
  { ...KERAS_3, separator },
  { group: '_layer_checkpoint_dependencies', countsTwice: true, separator },
  { group: '_layer_checkpoint_dependencies', countsTwice: false, separator },
]);

/**
 * Keras numbers the layers of each class and does not use their own names: `layers/conv2d_1`, and within an inner network
 * `layers/functional/layers/conv2d`.
 *
 * @returns by address
 */
export function locateVariables(
  network: NestedNetwork,
  layout: PathLayout = KERAS_3,
  path = '',
  prefix = '',
): Map<string, string> {
  const { group, countsTwice, separator } = layout;
  const places = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const layer of network.layers) {
    // A Sequential does not count its input among its layers, a functional network not its operations.
    if (layer.isOperation || layer.isImplied || (network.isSequential && layer.kind === 'InputLayer')) continue;
    const stem = toSnakeCase(classOf(layer));
    const count = counts.get(stem) ?? 0;
    counts.set(stem, count + (countsTwice && hasWeights(layer) ? 2 : 1));
    const place = `${path}${group}${separator}${count === 0 ? stem : `${stem}_${count}`}`;
    const address = prefix + layer.name;
    if (layer.network === undefined) places.set(address, place);
    else {
      const within = locateVariables(layer.network, layout, `${place}${separator}`, `${address}/`);
      for (const [inner, found] of within) places.set(inner, found);
    }
  }
  return places;
}

function hasWeights(layer: NestedLayer): boolean {
  return layer.network === undefined ? listWeightRoles(layer)?.length !== 0 : layer.network.layers.some(hasWeights);
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
