// Class scores, and their gradients by tfjs's own differentiation.

import { tf } from '../../backend/tfjs/tensors.js';
import type { ClassScores, InputMasks, NetworkLayer, ScoreGradients } from '../contract/engine.js';
import type { CorePlaces } from '../contract/engine-core.js';
import { endsInRelu, kindOf } from '../contract/layer-kind.js';
import type { LayerCall, NetworkPlan } from '../contract/network-plan.js';
import { findLastActivation, type LastActivation } from './last-activation.js';
import { outputOf, runCalls } from './run.js';

/** See Engine. The network has scores. */
export async function computeScores(plan: NetworkPlan, input: Float32Array): Promise<ClassScores> {
  const { last } = findScores(plan);
  const [scores, outputs] = tf.tidy(() => {
    const scores = runToScores(plan, tf.tensor(input, shapeOf(plan, input)));
    if (last === undefined) return [scores, scores];
    return [scores, last.activation === 'sigmoid' ? tf.sigmoid(scores) : tf.softmax(scores)];
  });
  return { scores: await readAndDispose(scores), outputs: await readAndDispose(outputs) };
}

/** See Engine. */
export async function differentiate(
  plan: NetworkPlan,
  input: Float32Array,
  places: CorePlaces,
  scoreWeights: Float32Array,
): Promise<ScoreGradients> {
  const images = shapeOf(plan, input);
  const shapes = places.layers.map(({ shape }) => [images[0] as number, ...shape]);
  const ids = places.layers.map(({ name }) => outputOf(plan, name));
  const { outputs, gradients } = tf.tidy(() => {
    const outputs: tf.Tensor[] = [];
    // The derivative for a layer's output is that for something added to it, which is 0: so every path through a
    // network that branches counts, and none twice.
    const image = tf.tensor(input, images);
    const sumOf = (shown: tf.Tensor, added: readonly tf.Tensor[]) => {
      const scores = runToScores(plan, shown, (call, tensor) => {
        const place = ids.indexOf(call.outputs[0] as number);
        if (place < 0) return tensor;
        outputs[place] = tf.keep(tensor.clone());
        return tf.add(tensor, added[place] as tf.Tensor);
      });
      return weigh(scores, scoreWeights);
    };
    const added = shapes.map((shape) => tf.zeros(shape));
    const gradients = places.input
      ? tf.grads((shown, ...rest) => sumOf(shown as tf.Tensor, rest as tf.Tensor[]))([image, ...added])
      : [tf.tensor(0), ...(added.length > 0 ? tf.grads((...rest) => sumOf(image, rest as tf.Tensor[]))(added) : [])];
    return { outputs, gradients };
  });
  const guided = places.guided ? await readAndDispose(guide(plan, input, scoreWeights)) : new Float32Array();
  const [own, ...slopes] = await Promise.all(gradients.map(readAndDispose));
  const values = await Promise.all(outputs.map(readAndDispose));
  return {
    layers: places.layers.map(({ name }, index) => ({
      output: { name, shape: shapes[index] as number[], values: values[index] as Float32Array },
      gradient: slopes[index] as Float32Array,
    })),
    input: places.input ? (own as Float32Array) : new Float32Array(),
    guided,
  };
}

/** The input's gradient by guided backpropagation: what arrives at the output of a relu goes on only where it is above 0. */
function guide(plan: NetworkPlan, input: Float32Array, scoreWeights: Float32Array): tf.Tensor {
  const passPositive = tf.customGrad((output) => {
    return { value: tf.clone(output as tf.Tensor), gradFunc: (gradient: tf.Tensor) => tf.relu(gradient) };
  });
  const sumOf = (image: tf.Tensor) => {
    const scores = runToScores(plan, image, ({ layer }, output) => {
      return endsInRelu(kindOf(layer), layer.getConfig()) ? passPositive(output) : output;
    });
    return weigh(scores, scoreWeights);
  };
  return tf.tidy(() => tf.grad(sumOf)(tf.tensor(input, shapeOf(plan, input))));
}

/** Of all images, each score times its weight. */
function weigh(scores: tf.Tensor, weights: Float32Array): tf.Scalar {
  return tf.sum(tf.mul(scores, tf.tensor2d(weights, [1, weights.length])));
}

/** See Engine. */
export function sumGradients(plan: NetworkPlan, input: Float32Array, weights: Float32Array): Promise<Float32Array> {
  const differentiate = tf.grad((images) => weigh(runToScores(plan, images), weights));
  return readAndDispose(tf.tidy(() => tf.sum(differentiate(tf.tensor(input, shapeOf(plan, input))), 0)));
}

/** See Engine. */
export async function computeMaskedScores(
  plan: NetworkPlan,
  input: Float32Array,
  { masks, fill }: InputMasks,
): Promise<Float32Array> {
  const [height, width] = plan.inputShape as [number, number];
  const shape = [1, ...plan.inputShape];
  return readAndDispose(
    tf.tidy(() => {
      const filled = tf.tensor(fill, shape);
      const kept = tf.mul(
        tf.tensor(masks, [masks.length / (height * width), height, width, 1]),
        tf.sub(tf.tensor(input, shape), filled),
      );
      return runToScores(plan, tf.add(filled, kept));
    }),
  );
}

/** See Engine. */
export async function computeScoresFrom(
  plan: NetworkPlan,
  input: Float32Array,
  layer: NetworkLayer,
  outputs: Float32Array,
): Promise<Float32Array> {
  return readAndDispose(tf.tidy(() => runFrom(plan, input, layer)(toOutputs(layer, outputs))));
}

/** See NetworkEngine. */
export async function differentiateFrom(
  plan: NetworkPlan,
  input: Float32Array,
  layer: NetworkLayer,
  outputs: Float32Array,
  weights: Float32Array,
): Promise<Float32Array> {
  return readAndDispose(
    tf.tidy(() => {
      const scoresFrom = runFrom(plan, input, layer);
      const sumOf = (replaced: tf.Tensor) => {
        const scores = scoresFrom(replaced);
        return tf.sum(tf.mul(scores, tf.tensor(weights, scores.shape)));
      };
      return tf.grad(sumOf)(toOutputs(layer, outputs));
    }),
  );
}

/** [size, ...the layer's shape] */
function toOutputs({ shape }: NetworkLayer, values: Float32Array): tf.Tensor {
  const size = values.length / shape.reduce((product, length) => product * length, 1);
  return tf.tensor(values, [size, ...shape]);
}

/** The scores of an image as they depend on what a layer puts out. */
function runFrom(plan: NetworkPlan, input: Float32Array, layer: NetworkLayer): (outputs: tf.Tensor) => tf.Tensor {
  const id = outputOf(plan, layer.name);
  return (outputs) => {
    const images = tf.tile(tf.tensor(input, [1, ...plan.inputShape]), [
      outputs.shape[0] as number,
      ...plan.inputShape.map(() => 1),
    ]);
    return runToScores(plan, images, undefined, new Map([[id, outputs]]));
  };
}

/** What the scores are computed from: the input of the last layer, or its output where it has no sigmoid or softmax. */
function findScores({ outputs }: NetworkPlan): { from: number; last: LastActivation | undefined } {
  const [call] = outputs as [LayerCall];
  const last = findLastActivation(call.layer);
  return { from: (last === undefined ? call.outputs : call.inputs)[0] as number, last };
}

/** What the network's last layer has before its sigmoid or softmax. */
export function runToScores(
  plan: NetworkPlan,
  images: tf.Tensor,
  change?: Parameters<typeof runCalls>[3],
  known?: Parameters<typeof runCalls>[4],
): tf.Tensor {
  const { from, last } = findScores(plan);
  const features = runCalls(plan, images, [from], change, known).get(from) as tf.Tensor;
  return last?.computeLogits(features) ?? features;
}

/** Of one image or several. */
export function shapeOf({ inputShape }: NetworkPlan, input: Float32Array): number[] {
  return [input.length / inputShape.reduce((product, length) => product * length, 1), ...inputShape];
}

export async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    tensor.dispose();
  }
}
