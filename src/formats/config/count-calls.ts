// Keras 2 counts the making of a network as its first call.

import type { CallDefinition, TensorReference } from '../network-definition.js';
import type { NestedNetwork } from './nested-network.js';

/** The same network, the calls of the networks within it counted from 0 where its file counts them from 1. */
export function countCallsFromZero(network: NestedNetwork): NestedNetwork {
  const references = [
    ...network.layers.flatMap(({ calls }) => calls.flatMap(({ inputs }) => inputs)),
    ...network.outputs,
  ];
  const used = new Set(references.filter(({ call }) => call === 0).map(({ layer }) => layer));
  const counted = network.layers.filter((layer) => layer.network !== undefined && !used.has(layer.name));
  const names = new Set(counted.map(({ name }) => name));
  if (names.size === 0) return network;
  const move = (reference: TensorReference) =>
    names.has(reference.layer) ? { ...reference, call: reference.call - 1 } : reference;
  const moveCall = (call: CallDefinition) => ({ ...call, inputs: call.inputs.map(move) });
  const layers = network.layers.map((layer) => ({ ...layer, calls: layer.calls.map(moveCall) }));
  return { ...network, layers, outputs: network.outputs.map(move) };
}
