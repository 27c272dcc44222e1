// Finds what a network's output says, by the activation that it ends with.

import type { tf } from '../../backend/tfjs/tensors.js';
import { activationOf, kindOf } from './layer-kind.js';
import type { OutputKind } from './output-kind.js';

/** What is needed to know of a layer's call. */
interface Call {
  readonly layer: tf.layers.Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Layers that move values about and leave them as they are. */
const MOVES = /^(Flatten|Reshape|Permute|Dropout|Identity)$/;

/** @param scoreCount see Engine */
export function findOutputKind(
  calls: readonly Call[],
  outputs: readonly Call[],
  scoreCount: number | null,
): OutputKind {
  if (scoreCount === null) return 'other';
  let call = outputs[0];
  while (call !== undefined && MOVES.test(kindOf(call.layer))) {
    const [from] = call.inputs;
    call = calls.find(({ outputs: [to] }) => to === from);
  }
  const activation = call && (kindOf(call.layer) === 'Softmax' ? 'softmax' : activationOf(call.layer));
  if (activation === 'softmax') return 'probabilities';
  if (activation !== 'sigmoid') return 'scores';
  return scoreCount === 1 ? 'probabilities' : 'labels';
}
