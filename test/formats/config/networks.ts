// Configurations by hand, for the tests of what reads them.

import { CnnvizError } from '../../../src/base/errors.js';
import type { RefuseFile } from '../../../src/formats/bad-model.js';
import { flattenNetwork } from '../../../src/formats/config/flatten-network.js';
import { readNetwork } from '../../../src/formats/config/read-network.js';
import type { NetworkDefinition } from '../../../src/formats/network-definition.js';

type Node = [layer: string, call: number, output: number, keywords?: object][];

export const refuse: RefuseFile = (reason, details) => new CnnvizError('BAD_MODEL', reason, details);

/** As Keras 2 writes a layer of a functional network. */
export const layer = (name: string, class_name: string, config: object = {}, ...inbound_nodes: Node[]) => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes,
});

export const input = (name = 'in', shape: unknown = [null, 8, 8, 3]) =>
  layer(name, 'InputLayer', { batch_input_shape: shape });

export const functional = (name: string, layers: object[], output: string, inputs = ['in']) => ({
  class_name: 'Functional',
  name,
  config: {
    name,
    layers,
    input_layers: inputs.map((one) => [one, 0, 0]),
    output_layers: [[output, 0, 0]],
  },
});

export function read(model: unknown, kerasVersion = '2.15.0'): NetworkDefinition {
  return flattenNetwork(readNetwork(model, { kerasVersion }, refuse), refuse);
}
