// That interface on tfjs's own gradients.

import { tf } from '../../backend/tfjs/tensors.js';
import { badArgument, CnnvizError } from '../../base/errors.js';
import type { ClassScores, ScoredLayer, ScoreGradient, ScoreNetwork } from '../contract/scores.js';
import { findLastActivation, type LastActivation } from './last-activation.js';

/** Scores and gradients by tfjs's own differentiation, on any backend; the network may branch. */
export class LayersScores implements ScoreNetwork {
  readonly inputShape: readonly number[];
  readonly scoreCount: number;
  readonly layers: readonly ScoredLayer[];
  readonly #model: tf.LayersModel;
  readonly #last: LastActivation | undefined;
  /** from the input to what the last layer is fed with, or to the outputs where those are the scores */
  readonly #body: tf.LayersModel;

  /** The model stays the caller's. @throws CnnvizError BAD_MODEL unless it has one input and one flat output */
  constructor(model: tf.LayersModel) {
    const [output] = model.outputs;
    if (model.inputs.length !== 1 || model.outputs.length !== 1 || output?.shape.length !== 2) {
      throw new CnnvizError('BAD_MODEL', `${model.name}: expected one input and one output of (batch, classes)`);
    }
    this.#model = model;
    this.#last = findLastActivation(model);
    this.#body = tf.model({ inputs: model.inputs, outputs: this.#last?.features ?? output });
    this.inputShape = model.inputs[0]?.shape.slice(1) as number[];
    this.scoreCount = output.shape[1] as number;
    this.layers = this.#body.layers.flatMap((layer) => describeInnerLayer(layer, output));
  }

  async computeScores(input: Float32Array): Promise<ClassScores> {
    const [scores, outputs] = tf.tidy(() => {
      const scores = this.#scoresOf(this.#body.apply(this.#batchOf(input)) as tf.Tensor);
      if (this.#last === undefined) return [scores, scores];
      return [scores, this.#last.activation === 'sigmoid' ? tf.sigmoid(scores) : tf.softmax(scores)];
    });
    return { scores: await readAndDispose(scores), outputs: await readAndDispose(outputs) };
  }

  async differentiate(input: Float32Array, layerName: string, scoreWeights: Float32Array): Promise<ScoreGradient> {
    const known = this.layers.find(({ name }) => name === layerName);
    if (!known) throw badArgument('layer', `one of ${this.layers.map(({ name }) => name).join(', ')}`, layerName);
    const shape = [1, ...known.shape];
    const { output, gradient } = tf.tidy(() => {
      let output: tf.Tensor | undefined;
      // The derivative for the layer's output is that for something added to it, which is 0: so every path through a
      // network that branches counts, and none twice.
      const gradient = tf.grad((added) => {
        const onOutput = (tensor: tf.Tensor) => {
          output = tf.keep(tensor.clone());
          return tf.add(tensor, added);
        };
        const features = replacingOutput(this.#model.getLayer(layerName), onOutput, () =>
          this.#body.apply(this.#batchOf(input)),
        );
        const scores = this.#scoresOf(features as tf.Tensor);
        return tf.sum(tf.mul(scores, tf.tensor2d(scoreWeights, [1, this.scoreCount])));
      })(tf.zeros(shape));
      return { output: output as unknown as tf.Tensor, gradient };
    });
    return {
      output: { name: layerName, shape, values: await readAndDispose(output) },
      gradient: await readAndDispose(gradient),
    };
  }

  /** The model is the caller's; nothing here is ours. */
  dispose(): void {}

  #batchOf(input: Float32Array): tf.Tensor {
    return tf.tensor(input, [1, ...this.inputShape]);
  }

  #scoresOf(features: tf.Tensor): tf.Tensor {
    return this.#last?.computeLogits(features) ?? features;
  }
}

/** Runs something in which the layer puts out what `replace` makes of its output. */
function replacingOutput<T>(layer: tf.layers.Layer, replace: (output: tf.Tensor) => tf.Tensor, run: () => T): T {
  const call = layer.call.bind(layer);
  layer.call = (inputs, options) => {
    const output = call(inputs, options);
    return replace(Array.isArray(output) ? (output[0] as tf.Tensor) : output);
  };
  try {
    return run();
  } finally {
    Reflect.deleteProperty(layer, 'call'); // what its class says counts again
  }
}

/** What can be differentiated for: a layer that is used once and has one output, which is not the network's own. */
function describeInnerLayer(layer: tf.layers.Layer, networkOutput: tf.SymbolicTensor): ScoredLayer[] {
  if (layer.getClassName() === 'InputLayer' || layer.inboundNodes.length !== 1) return [];
  const { output } = layer;
  if (Array.isArray(output) || output.id === networkOutput.id) return [];
  return [{ name: layer.name, shape: output.shape.slice(1) as number[] }];
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<'float32'>();
  } finally {
    tensor.dispose();
  }
}
