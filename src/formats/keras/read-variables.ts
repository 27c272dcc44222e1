// The weights of a .keras file's layers, from its model.weights.h5.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import { flattenNetwork } from '../config/flatten-network.js';
import { listWeightRoles } from '../config/layer-kinds.js';
import type { NestedNetwork } from '../config/nested-network.js';
import type { LayerDefinition } from '../network-definition.js';
import type { Hdf5File } from '../storage/hdf5-file.js';
import type { KerasContent } from './content.js';
import { LAYOUTS, locateVariables } from './variable-paths.js';

/**
 * Makes sure that the file has the variables of every layer, and no others.
 *
 * @throws what `refuse` makes of layers whose weights are missing or left over
 */
export function readVariables(file: Hdf5File, network: NestedNetwork, refuse: RefuseFile): KerasContent {
  const definition = flattenNetwork(network, refuse);
  const places = findPlaces(file, network, definition.layers);
  const found = new Map<string, { place: string; roles: readonly string[] }>();
  for (const layer of definition.layers) {
    const place = `${places.get(layer.address)}/vars`;
    const names = file.names(place);
    const roles = listWeightRoles(layer) ?? names;
    if (names.length > 0) checkName(file, place, layer.address, refuse);
    if (names.length !== roles.length) {
      const expected = roles.length === 0 ? 'no weights' : roles.join(', ');
      throw refuse(
        `its layer ${describeValue(layer.address)} has ${names.length} weights, expected ${expected}`,
        MISMATCH,
      );
    }
    found.set(layer.address, { place, roles });
  }
  const readWeights = (address: string) => {
    const { place, roles } = found.get(address) ?? { place: '', roles: [] };
    return roles.map((name, index) => ({ name, ...file.readArray(`${place}/${index}`) }));
  };
  return { definition, readWeights };
}

/** Where the variables are: as that version of Keras has them under whose names all of them are found. */
function findPlaces(file: Hdf5File, network: NestedNetwork, layers: readonly LayerDefinition[]): Map<string, string> {
  const holdsAll = (places: Map<string, string>) =>
    layers.every((layer) => {
      const wanted = listWeightRoles(layer)?.length;
      return wanted === undefined || file.names(`${places.get(layer.address)}/vars`).length === wanted;
    });
  for (const layout of LAYOUTS) {
    if (!file.names('').some((name) => name === layout.group || name.startsWith(`${layout.group}\\`))) continue;
    const places = locateVariables(network, layout);
    if (holdsAll(places)) return places;
  }
  return locateVariables(network);
}

const MISMATCH = { hint: 'Its config.json and model.weights.h5 do not belong together: save the network again.' };

/** Late versions of Keras write the layer's name beside its variables. */
function checkName(file: Hdf5File, place: string, address: string, refuse: RefuseFile): void {
  const name = file.attribute(place, 'name');
  const own = address.slice(address.lastIndexOf('/') + 1);
  if (name === undefined || name === own) return;
  throw refuse(
    `the weights at ${place} are those of ${describeValue(name)}, not of its layer ${describeValue(own)}`,
    MISMATCH,
  );
}
