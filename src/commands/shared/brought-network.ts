// Networks that cnnviz did not train: which output is meant, what it says, and whether it takes images of any size.

import { CnnvizError } from '../../base/errors.js';
import { suggest } from '../../base/near-name.js';
import type { LayerDefinition, NetworkDefinition, TensorReference } from '../../formats/network-definition.js';
import type { NetworkFile } from '../../formats/network-file.js';
import type { OutputOptions } from './model-options.js';

/**
 * The network with the one output that the options mean, and with what makes probabilities of its scores, where the options or
 * its file say that they are logits.
 *
 * @throws CnnvizError NOT_FOUND for an output that it does not have, BAD_ARGUMENT for logits of several outputs
 */
export function chooseOutput(
  { definition, origin }: NetworkFile,
  { output, logits }: OutputOptions,
): NetworkDefinition {
  const chosen = output === undefined ? definition : { ...definition, outputs: [findOutput(definition, output)] };
  if (logits === true) return addProbabilities(chosen, guessActivation(chosen));
  const isMeant = logits === undefined && origin.scores !== undefined && chosen.outputs.length === 1;
  return isMeant ? addProbabilities(chosen, origin.scores.value) : chosen;
}

function findOutput({ outputs }: NetworkDefinition, name: string): TensorReference {
  const found = outputs.find(({ layer }) => layer === name);
  if (found !== undefined) return found;
  const names = outputs.map(({ layer }) => layer);
  throw new CnnvizError('NOT_FOUND', `output: the network has no output "${name}"`, {
    options: ['output'],
    hint: `${suggest(name, names)}Its outputs are: ${names.join(', ')}.`,
  });
}

/** One unit: a sigmoid. More: a softmax, as for classes of which an image has one. */
function guessActivation({ layers, outputs }: NetworkDefinition): 'sigmoid' | 'softmax' {
  const [logits, ...others] = outputs;
  if (others.length > 0) {
    throw new CnnvizError('BAD_ARGUMENT', 'logits: expected a network with one output', {
      options: ['logits'],
      hint: 'Name the output with --output.',
    });
  }
  const last = layers.find(({ address }) => address === logits?.layer);
  return last?.config.units === 1 ? 'sigmoid' : 'softmax';
}

/** Adds the activation that a loss of logits leaves out of the network. */
function addProbabilities(definition: NetworkDefinition, activation: 'sigmoid' | 'softmax'): NetworkDefinition {
  const { layers, outputs } = definition;
  const logits = outputs[0] as TensorReference;
  const address = 'probabilities';
  const layer: LayerDefinition = {
    address,
    kind: 'Activation',
    isOperation: false,
    config: { activation },
    calls: [{ inputs: [logits], arguments: [{ input: 0 }], keywords: {} }],
  };
  return { ...definition, layers: [...layers, layer], outputs: [{ layer: address, call: 0, output: 0 }] };
}

/** Whether the network takes images of any size. */
export function leavesSizeOpen({ layers, inputs }: NetworkDefinition): boolean {
  const input = layers.find(({ address }) => address === inputs[0]?.layer);
  const { batch_shape: shape } = input?.config ?? {};
  return Array.isArray(shape) && shape.length === 4 && (shape[1] === null || shape[2] === null);
}
