// That interface on tfjs-layers.

import { tf } from '../../backend/tfjs/tensors.js';
import {
  type ChannelMeasurements,
  type ChannelMeter,
  comparedAtMost,
  diagonals,
  type MeasuredLayer,
  saturationLimits,
  type ValueRange,
} from '../contract/channel-meter.js';
import { type NetworkInput, toInputTensor } from '../contract/network-input.js';
import { findValueRanges } from '../contract/value-ranges.js';

/** Measures by tfjs-layers, on any backend; the network may branch. */
export class LayersChannelMeter implements ChannelMeter {
  readonly inputShape: readonly number[];
  readonly layers: readonly MeasuredLayer[];
  readonly #model: tf.LayersModel;

  /** The model stays the caller's. */
  constructor(model: tf.LayersModel, layerNames: readonly string[]) {
    const outputs = layerNames.map((name) => model.getLayer(name).output as tf.SymbolicTensor);
    const ranges = findValueRanges(model);
    this.#model = tf.model({ inputs: model.inputs, outputs });
    this.inputShape = model.inputs[0]?.shape.slice(1) as number[];
    this.layers = layerNames.map((name, index) => ({
      name,
      shape: outputs[index]?.shape.slice(1) as number[],
      range: ranges.get(name) ?? null,
    }));
  }

  async measure(inputs: NetworkInput, size: number): Promise<ChannelMeasurements[]> {
    const reduced = tf.tidy(() => {
      const result = this.#model.predictOnBatch(toInputTensor(inputs, [size, ...this.inputShape]));
      const outputs = Array.isArray(result) ? result : [result];
      return outputs.map((output, index) => reduceOutput(output, this.layers[index] as MeasuredLayer));
    });
    try {
      return await Promise.all(reduced.map((tensors, index) => read(tensors, this.layers[index] as MeasuredLayer)));
    } finally {
      tf.dispose(reduced);
    }
  }

  /** The model is the caller's; nothing here is ours. */
  dispose(): void {}
}

/** As a type, not an interface, it is a container of tensors to `tf.tidy`. */
type Reductions = Record<'means' | 'minima' | 'maxima' | 'firingCounts', tf.Tensor> &
  Record<'saturatedCounts' | 'squares' | 'products', tf.Tensor | undefined>;

function reduceOutput(output: tf.Tensor, { range }: MeasuredLayer): Reductions {
  const channels = output.shape.at(-1) as number;
  const values: tf.Tensor3D = tf.reshape(output, [output.shape[0] as number, -1, channels]);
  const means = tf.mean(values, 1, true);
  const distances: tf.Tensor3D = tf.sub(values, means);
  const isCompared = values.shape[1] > 1 && channels <= comparedAtMost;
  return {
    means,
    minima: tf.min(values, 1),
    maxima: tf.max(values, 1),
    firingCounts: tf.sum(tf.greater(values, 0), 1),
    saturatedCounts: range === null ? undefined : countSaturated(values, range),
    squares: isCompared ? undefined : tf.sum(tf.square(distances), 1),
    products: isCompared ? tf.matMul(distances, distances, true) : undefined,
  };
}

function countSaturated(values: tf.Tensor, range: ValueRange): tf.Tensor {
  const [low, high] = saturationLimits(range);
  return tf.sum(tf.logicalOr(tf.less(values, low), tf.greater(values, high)), 1);
}

async function read(tensors: Reductions, { name, shape }: MeasuredLayer): Promise<ChannelMeasurements> {
  // Counts are int32 to tfjs.
  const floats = async (tensor: tf.Tensor) => Float32Array.from(await tensor.data());
  const { saturatedCounts } = tensors;
  const products = tensors.products === undefined ? null : await floats(tensors.products);
  return {
    name,
    means: await floats(tensors.means),
    minima: await floats(tensors.minima),
    maxima: await floats(tensors.maxima),
    firingCounts: await floats(tensors.firingCounts),
    saturatedCounts: saturatedCounts === undefined ? null : await floats(saturatedCounts),
    squares: products ? diagonals(products, shape.at(-1) as number) : await floats(tensors.squares as tf.Tensor),
    products,
  };
}
