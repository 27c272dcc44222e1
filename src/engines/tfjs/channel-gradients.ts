// How the means of a layer's channels depend on the image, by tfjs's own differentiation.

import { tf } from '../../backend/tfjs/tensors.js';
import type { NetworkLayer } from '../contract/engine.js';
import type { ChannelObjective } from '../contract/engine-core.js';
import { activationOf, kindOf } from '../contract/layer-kind.js';
import type { LayerCall, NetworkPlan } from '../contract/network-plan.js';
import { runCalls } from './run.js';
import { readAndDispose, runToScores, shapeOf } from './score.js';

/** See Engine. */
export async function differentiateChannels(
  plan: NetworkPlan,
  inputs: Float32Array,
  { layer, weights, slope }: ChannelObjective,
): Promise<Float32Array> {
  const shape = shapeOf(plan, inputs);
  const size = shape[0] as number;
  return readAndDispose(
    tf.tidy(() => {
      const counted = tf.tensor2d(weights, [size, weights.length / size]);
      const sumOf = (images: tf.Tensor) => {
        const means = layer === null ? runToScores(plan, images) : meansOf(plan, images, layer, slope);
        return tf.sum(tf.mul(means, counted));
      };
      return tf.grad(sumOf)(tf.tensor(inputs, shape));
    }),
  );
}

/** [size, channels] */
function meansOf(plan: NetworkPlan, images: tf.Tensor, { name, shape }: NetworkLayer, slope: number): tf.Tensor {
  const call = plan.shown.find((shown) => shown.name === name) as LayerCall;
  const tensors = runCalls(plan, images, call.inputs);
  const given = call.inputs.map((id) => tensors.get(id) as tf.Tensor);
  const output = leak(call, given, slope);
  return shape.length === 1
    ? output
    : tf.mean(
        output,
        Array.from({ length: shape.length - 1 }, (_, axis) => axis + 1),
      );
}

/** A layer's output, where it ends in a relu or relu6 with this slope below 0. */
function leak({ layer }: LayerCall, given: tf.Tensor[], slope: number): tf.Tensor {
  const [input] = given as [tf.Tensor];
  const apply = () => layer.apply(given.length === 1 ? input : given, { training: false }) as tf.Tensor;
  const isLayer = kindOf(layer) === 'ReLU';
  const name = isLayer ? nameRelu(layer.getConfig()) : activationOf(layer);
  if (slope === 0 || (name !== 'relu' && name !== 'relu6')) return apply();
  const before = isLayer ? input : withoutActivation(layer, apply);
  if (name === 'relu') return tf.leakyRelu(before, slope);
  return tf.sub(tf.relu6(before), tf.mul(slope, tf.relu(tf.neg(before))));
}

function nameRelu({ maxValue, threshold, negativeSlope }: tf.serialization.ConfigDict): string | undefined {
  if (threshold || negativeSlope) return undefined;
  if (typeof maxValue !== 'number') return 'relu';
  return maxValue === 6 ? 'relu6' : undefined;
}

/** tfjs keeps to itself what a layer does at its end. */
function withoutActivation<Result>(layer: tf.layers.Layer, run: () => Result): Result {
  const activated = layer as unknown as { activation: unknown };
  const own = activated.activation;
  activated.activation = { getClassName: () => 'linear', apply: (tensor: tf.Tensor) => tensor };
  try {
    return run();
  } finally {
    activated.activation = own;
  }
}
