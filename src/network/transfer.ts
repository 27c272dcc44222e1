// A new head on a network that was trained for something else.

import { tf } from '../backend/tfjs/tensors.js';
import { deriveSeed } from '../base/random.js';
import { kindOf } from '../engines/contract/layer-kind.js';

/** What is put on a base. */
export interface HeadOptions {
  /** the layer of the base that it goes on from */
  cut: string;
  /** two: one sigmoid unit; more: that many softmax units */
  classCount: number;
  /** fraction of the features dropped in training; 0: no Dropout layer */
  dropout: number;
  /** uint32 */
  seed: number;
}

/**
 * Puts global average pooling, dropout and a Dense layer on a base, in place of what it has after a layer. The base's layers are
 * shared, those that are not needed any more disposed.
 */
export function addHead(base: tf.LayersModel, { cut, classCount, dropout, seed }: HeadOptions): tf.LayersModel {
  const taken = new Set(base.layers.map(({ name }) => name));
  const maps = base.getLayer(cut).inboundNodes[0]?.outputTensors[0] as tf.SymbolicTensor;
  const pooling = tf.layers.globalAveragePooling2d({ name: freeName('global_average_pooling2d', taken) });
  const layers: tf.layers.Layer[] = [pooling];
  if (dropout > 0) layers.push(tf.layers.dropout({ name: freeName('dropout', taken), rate: dropout }));
  layers.push(
    tf.layers.dense({
      name: freeName('dense', taken),
      units: classCount === 2 ? 1 : classCount,
      activation: classCount === 2 ? 'sigmoid' : 'softmax',
      kernelInitializer: tf.initializers.glorotUniform({ seed: deriveSeed(seed, 'init', 0) }),
    }),
  );
  const model = tf.model({ inputs: base.inputs, outputs: applyAll(layers, maps), name: 'transfer' });
  const kept = new Set(model.layers);
  for (const layer of base.layers) if (!kept.has(layer)) for (const weight of layer.weights) weight.dispose();
  return model;
}

/** `dense_1`, or the first such name that is not taken */
function freeName(kind: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) if (!taken.has(`${kind}_${count}`)) return `${kind}_${count}`;
}

function applyAll(layers: readonly tf.layers.Layer[], start: tf.SymbolicTensor): tf.SymbolicTensor {
  return layers.reduce((tensor, layer) => layer.apply(tensor) as tf.SymbolicTensor, start);
}

/** Disposes a network whose layers are also those of others: `dispose` would leave their weights to them. */
export function disposeWeights(model: tf.LayersModel): void {
  for (const weight of model.weights) weight.dispose();
}

/** A network that was made by addHead, in its parts. */
export interface TransferParts {
  /** the layers of the base, in the network's order; without its InputLayer */
  base: tf.layers.Layer[];
  /** the layer whose output is the features */
  pooling: tf.layers.Layer;
  /** what comes after that, with the same weights: [batch, features] to outputs. Not to be disposed by itself */
  head: tf.LayersModel;
}

export function splitTransfer(model: tf.LayersModel): TransferParts {
  const after: tf.layers.Layer[] = [];
  let layer = model.outputs[0]?.sourceLayer as tf.layers.Layer;
  while (kindOf(layer) !== 'GlobalAveragePooling2D') {
    after.unshift(layer);
    layer = layer.inboundNodes[0]?.inputTensors[0]?.sourceLayer as tf.layers.Layer;
  }
  const features = layer.inboundNodes[0]?.outputTensors[0]?.shape.slice(1);
  const input = tf.input({ shape: features as number[] });
  const isHead = (each: tf.layers.Layer) => each === layer || after.includes(each);
  const base = model.layers.filter((each) => !isHead(each) && kindOf(each) !== 'InputLayer');
  return { base, pooling: layer, head: tf.model({ inputs: input, outputs: applyAll(after, input) }) };
}
