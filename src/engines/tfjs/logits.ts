// A model cut before its last activation.

import { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import { findLastActivation, type ProbabilityActivation } from './last-activation.js';

/** A model cut before its last activation. */
export interface LogitsModel {
  /** [batch, ...input] -> [batch, units] */
  computeLogits(inputs: tf.Tensor, training: boolean): tf.Tensor2D;
}

/**
 * Gives a model's logits: what its last layer has before the activation that the loss takes over.
 *
 * @throws CnnvizError BAD_MODEL unless it ends in that activation
 */
export function openLogits(model: tf.LayersModel, activation: ProbabilityActivation): LogitsModel {
  const { sourceLayer: lastLayer, nodeIndex = 0 } = model.outputs[0] ?? {};
  const last = findLastActivation(lastLayer);
  if (last?.activation !== activation) {
    const name = lastLayer?.name ?? model.name;
    throw new CnnvizError(
      'BAD_MODEL',
      `${name}: training needs a network whose last layer is Dense with ${activation}`,
    );
  }
  const body = tf.model({
    inputs: model.inputs,
    outputs: lastLayer?.inboundNodes[nodeIndex]?.inputTensors[0] as tf.SymbolicTensor,
  });
  return {
    computeLogits: (inputs, training) =>
      last.computeLogits(body.apply(inputs, { training }) as tf.Tensor) as tf.Tensor2D,
  };
}
