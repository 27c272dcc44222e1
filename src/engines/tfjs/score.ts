// Class scores, and their gradients by tfjs's own differentiation.

import { tf } from '../../backend/tfjs/tensors.js';
import type { ClassScores, NetworkLayer, ScoreGradient } from '../contract/engine.js';
import type { LayerCall, NetworkPlan } from '../contract/network-plan.js';
import { findLastActivation, type LastActivation } from './last-activation.js';
import { outputOf, runCalls } from './run.js';

/** See Engine. The network has scores. */
export async function computeScores(plan: NetworkPlan, input: Float32Array): Promise<ClassScores> {
  const { last } = findScores(plan);
  const [scores, outputs] = tf.tidy(() => {
    const scores = runToScores(plan, input);
    if (last === undefined) return [scores, scores];
    return [scores, last.activation === 'sigmoid' ? tf.sigmoid(scores) : tf.softmax(scores)];
  });
  return { scores: await readAndDispose(scores), outputs: await readAndDispose(outputs) };
}

/** See Engine. */
export async function differentiate(
  plan: NetworkPlan,
  input: Float32Array,
  { name, shape: ownShape }: NetworkLayer,
  scoreWeights: Float32Array,
): Promise<ScoreGradient> {
  const shape = [1, ...ownShape];
  const id = outputOf(plan, name);
  const { output, gradient } = tf.tidy(() => {
    let output: tf.Tensor | undefined;
    // The derivative for the layer's output is that for something added to it, which is 0: so every path through a
    // network that branches counts, and none twice.
    const gradient = tf.grad((added) => {
      const scores = runToScores(plan, input, ({ outputs }, tensor) => {
        if (outputs[0] !== id) return tensor;
        output = tf.keep(tensor.clone());
        return tf.add(tensor, added);
      });
      return tf.sum(tf.mul(scores, tf.tensor2d(scoreWeights, [1, scoreWeights.length])));
    })(tf.zeros(shape));
    return { output: output as unknown as tf.Tensor, gradient };
  });
  return { output: { name, shape, values: await readAndDispose(output) }, gradient: await readAndDispose(gradient) };
}

/** What the scores are computed from: the input of the last layer, or its output where it has no sigmoid or softmax. */
function findScores({ outputs }: NetworkPlan): { from: number; last: LastActivation | undefined } {
  const [call] = outputs as [LayerCall];
  const last = findLastActivation(call.layer);
  return { from: (last === undefined ? call.outputs : call.inputs)[0] as number, last };
}

function runToScores(plan: NetworkPlan, input: Float32Array, change?: Parameters<typeof runCalls>[3]): tf.Tensor {
  const { from, last } = findScores(plan);
  const features = runCalls(plan, tf.tensor(input, [1, ...plan.inputShape]), [from], change).get(from) as tf.Tensor;
  return last?.computeLogits(features) ?? features;
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    tensor.dispose();
  }
}
