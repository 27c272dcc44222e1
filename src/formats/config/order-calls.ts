// Puts the calls of a network's layers in an order in which each is fed by earlier ones.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import type { CallDefinition } from '../network-definition.js';
import type { NestedLayer, NestedNetwork } from './nested-network.js';

/** Connections of layers in one network at most. */
const connectionsAtMost = 30_000;

export interface OrderedCall {
  readonly layer: NestedLayer;
  readonly call: CallDefinition;
  /** of the layer's calls, from 0 */
  readonly number: number;
}

export const callKey = (layer: string, call: number) => `${call} ${layer}`;

/** @throws what `refuse` makes of a layer that waits for itself, or for one that is not there */
export function orderCalls({ layers }: NestedNetwork, refuse: RefuseFile): OrderedCall[] {
  const calls = layers.flatMap((layer) => layer.calls.map((call, number) => ({ layer, call, number })));
  const connectionCount = calls.reduce((sum, { call }) => sum + 1 + call.inputs.length, 0);
  if (connectionCount > connectionsAtMost) {
    throw refuse(`expected at most ${connectionsAtMost} connections of layers, found ${connectionCount}`);
  }
  const missing = new Map(calls.map((ordered) => [ordered, ordered.call.inputs.length]));
  const waiting = new Map<string, OrderedCall[]>();
  for (const ordered of calls) {
    for (const input of ordered.call.inputs) {
      const key = callKey(input.layer, input.call);
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [ordered]);
      else others.push(ordered);
    }
  }
  const result = calls.filter(({ call }) => call.inputs.length === 0);
  // Grows while it is gone through.
  for (const { layer, number } of result) {
    for (const next of waiting.get(callKey(layer.name, number)) ?? []) {
      const left = (missing.get(next) as number) - 1;
      missing.set(next, left);
      if (left === 0) result.push(next);
    }
  }
  const unmade = calls.find((ordered) => ordered.call.inputs.length > 0 && missing.get(ordered) !== 0);
  if (unmade === undefined) return result;
  throw refuse(`its layer ${describeValue(unmade.layer.name)} depends on itself or on a missing layer`);
}
