// That interface on tfjs-layers.

import { tf } from '../../backend/tfjs/tensors.js';
import { badArgument } from '../../base/errors.js';
import type { LayerOutput, Network } from '../contract/network.js';
import { type NetworkInput, toInputTensor } from '../contract/network-input.js';

/** Runs a model by tfjs-layers, on any backend. */
export class LayersNetwork implements Network {
  readonly inputShape: readonly number[];
  readonly layerNames: readonly string[];
  readonly #model: tf.LayersModel;

  constructor(model: tf.LayersModel) {
    this.#model = model;
    this.inputShape = (model.inputs[0]?.shape.slice(1) ?? []) as number[];
    this.layerNames = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map(({ name }) => name);
  }

  async run(inputs: NetworkInput, size: number, layerNames: readonly string[]): Promise<LayerOutput[]> {
    const outputs = layerNames.map((name) => this.#outputOf(name));
    // A model of the same layers that ends in each of the wanted ones: a single pass for all of them.
    const model = tf.model({ inputs: this.#model.inputs, outputs });
    const tensors = tf.tidy(() => {
      const result = model.predictOnBatch(toInputTensor(inputs, [size, ...this.inputShape]));
      return Array.isArray(result) ? result : [result];
    });
    try {
      return await Promise.all(tensors.map((tensor, index) => readOutput(layerNames[index] as string, tensor)));
    } finally {
      tf.dispose(tensors);
    }
  }

  /** The model is the caller's; nothing here is ours. */
  dispose(): void {}

  #outputOf(name: string): tf.SymbolicTensor {
    if (!this.layerNames.includes(name)) throw badArgument('layer', `one of ${this.layerNames.join(', ')}`, name);
    const { output } = this.#model.getLayer(name);
    if (Array.isArray(output)) throw badArgument('layer', 'a layer with one output', name);
    return output;
  }
}

async function readOutput(name: string, tensor: tf.Tensor): Promise<LayerOutput> {
  return { name, shape: tensor.shape, values: await tensor.data<'float32'>() };
}
