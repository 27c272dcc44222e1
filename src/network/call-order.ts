// The order in which the calls of a network's layers can be made.

import type {
  CallDefinition,
  LayerDefinition,
  NetworkDefinition,
  TensorReference,
} from '../formats/network-definition.js';
import { refuseLayer } from './layer-settings.js';

/** One call to make. */
interface Job {
  layer: LayerDefinition;
  /** undefined: an input of the network */
  call: CallDefinition | undefined;
  index: number;
}

/** A tensor of a network, as a text. */
export const keyOf = ({ layer, call, output }: TensorReference) => JSON.stringify([layer, call, output]);

/** Each call after those that it takes from. @throws CnnvizError BAD_MODEL where there is no such order */
export function inOrder({ layers }: NetworkDefinition): Job[] {
  const jobs = layers.flatMap((layer): Job[] =>
    layer.kind === 'InputLayer'
      ? [{ layer, call: undefined, index: 0 }]
      : layer.calls.map((call, index) => ({ layer, call, index })),
  );
  const made = new Set<string>();
  const ordered: Job[] = [];
  let waiting = jobs;
  while (waiting.length > 0) {
    const later: Job[] = [];
    for (const job of waiting) {
      const isReady = (job.call?.inputs ?? []).every((input) => made.has(keyOf({ ...input, output: 0 })));
      if (!isReady) later.push(job);
      else {
        ordered.push(job);
        made.add(keyOf({ layer: job.layer.address, call: job.index, output: 0 }));
      }
    }
    if (later.length === waiting.length) {
      throw refuseLayer((later[0] as Job).layer.address, 'depends on itself or on a missing layer');
    }
    waiting = later;
  }
  return ordered;
}
