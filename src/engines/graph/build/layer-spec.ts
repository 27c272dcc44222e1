import type { tf } from '../../../backend/tfjs/tensors.js';
import { isOwn, kindOf } from '../../contract/layer-kind.js';
import type { LayerCall, NetworkPlan } from '../../contract/network-plan.js';
import { UnsupportedByGraph } from './unsupported.js';

/** What the graph needs to know of one weight. */
export interface WeightSpec {
  /** `layer/kernel`, the same in every process */
  name: string;
  shape: number[];
  /** false also in frozen layers */
  trainable: boolean;
  /** what holds it in the model */
  variable: tf.LayerVariable;
}

/** One call of a layer of a tfjs model, as plain data. */
export interface LayerSpec {
  /** see NetworkLayer */
  name: string;
  className: string;
  /** a layer of ours that does what Keras's of this class does, not tfjs's own */
  isOwn: boolean;
  config: tf.serialization.ConfigDict;
  /** of each input, without the batch */
  inputShapes: number[][];
  /** of the first input */
  inputShape: number[];
  /** without the batch */
  outputShape: number[];
  weightNames: string[];
  /** the tensors that it gets: outputs of other calls, or the network's input */
  inputIds: number[];
  outputId: number;
}

/** What a network computes, as plain data. */
export interface NetworkSpec {
  /** without the batch */
  inputShape: number[];
  inputId: number;
  /** each after those that it gets something from */
  calls: LayerSpec[];
  /** in the model's order */
  layers: LayerSpec[];
  /** those that give the network's outputs */
  outputs: LayerSpec[];
}

/** Throws UnsupportedByGraph for sizes that are not fixed and layers with several outputs. */
export function readNetwork(plan: NetworkPlan, weights: readonly WeightSpec[]): NetworkSpec {
  const names = new Map(weights.map(({ variable, name }) => [variable, name]));
  const specs = new Map(plan.calls.map((call) => [call, describeCall(call, names)]));
  const specsOf = (calls: readonly LayerCall[]) => calls.map((call) => specs.get(call) as LayerSpec);
  return {
    inputShape: [...plan.inputShape],
    inputId: plan.input,
    calls: [...specs.values()],
    layers: specsOf(plan.shown),
    outputs: specsOf(plan.outputs),
  };
}

function describeCall(
  { name, layer, inputs, outputs, inputShapes, outputShapes }: LayerCall,
  weightNames: ReadonlyMap<tf.LayerVariable, string>,
): LayerSpec {
  if (outputs.length !== 1) throw new UnsupportedByGraph(name, 'has several outputs');
  const shapes = inputShapes.map((shape) => fixedShape(name, shape));
  return {
    name,
    className: kindOf(layer),
    isOwn: isOwn(layer),
    config: layer.getConfig(),
    inputShapes: shapes,
    inputShape: shapes[0] as number[],
    outputShape: fixedShape(name, outputShapes[0] as tf.Shape),
    weightNames: layer.weights.map((weight) => weightNames.get(weight) as string),
    inputIds: [...inputs],
    outputId: outputs[0] as number,
  };
}

function fixedShape(layerName: string, shape: tf.Shape): number[] {
  return shape.slice(1).map((size) => {
    if (size === null) throw new UnsupportedByGraph(layerName, 'takes inputs of any size');
    return size;
  });
}

/** In the order of `LayersModel.getWeights()`. tfjs makes `name` unique in the process, `originalName` is the layer's own. */
export function readWeights(model: tf.LayersModel): WeightSpec[] {
  const trainable = new Set(model.trainableWeights);
  const names = new Set<string>();
  return model.weights.map((variable, index) => {
    const { originalName, shape } = variable;
    // Layers of networks within a network may have the same name.
    const name = names.has(originalName) ? `${index}/${originalName}` : originalName;
    names.add(name);
    return { name, shape: shape as number[], trainable: trainable.has(variable), variable };
  });
}

/** Throws UnsupportedByGraph for what only training minds: regularizers and constraints. */
export function requireTrainable(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    if (!layer.trainable) continue;
    for (const [key, value] of Object.entries(layer.getConfig())) {
      if (/(Regularizer|Constraint)$/.test(key) && value) throw new UnsupportedByGraph(layer.name, `has a ${key}`);
    }
  }
}
