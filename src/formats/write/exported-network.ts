// A network as exporters take it: layers with their calls and weights, as plain data.

import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import { type LayerCall, type NetworkPlan, readPlan } from '../../engines/contract/network-plan.js';
import type { NamedArray } from '../../engines/contract/training-step.js';
import { nameLayers } from './layer-names.js';

/** One call of a layer; null is the batch or a size that is not fixed. */
export interface ExportedCall {
  /** the tensors that it gets: outputs of other calls, or the network's input */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly inputShapes: readonly (readonly (number | null)[])[];
  readonly outputShape: readonly (number | null)[];
}

/** One layer. Networks within the network are taken apart. */
export interface ExportedLayer {
  /** unique, without slashes */
  readonly name: string;
  /** its class as Keras calls it, such as `Conv2D` */
  readonly kind: string;
  /** tfjs lacks it, or computes something else under that name */
  readonly isOwn: boolean;
  /** as tfjs has it (camelCase) */
  readonly config: Readonly<Record<string, unknown>>;
  readonly trainable: boolean;
  /** named by their role (`kernel`, `bias`), those that training changes first, as Keras orders them */
  readonly weights: readonly NamedArray[];
  readonly calls: readonly ExportedCall[];
}

export interface ExportedNetwork {
  readonly name: string;
  readonly inputName: string;
  /** its number among the tensors */
  readonly input: number;
  /** with the batch */
  readonly inputShape: readonly (number | null)[];
  /** in an order in which they can be computed */
  readonly layers: readonly ExportedLayer[];
  /** the tensors that it puts out */
  readonly outputs: readonly number[];
  /** built as a list of layers, without networks in it */
  readonly isSequential: boolean;
}

/**
 * Reads a model. Its weights are not copied where the backend holds them in this process's memory.
 *
 * @throws CnnvizError BAD_MODEL for several inputs, and for layers with several outputs
 */
export function readExportedNetwork(model: tf.LayersModel): ExportedNetwork {
  const plan = readPlan(model);
  const callsOf = new Map<tf.layers.Layer, LayerCall[]>();
  for (const call of plan.calls) callsOf.set(call.layer, [...(callsOf.get(call.layer) ?? []), call]);
  const names = nameLayers([...callsOf.values()].map(([first]) => (first as LayerCall).name));
  const layers = [...callsOf].map(([layer, calls], index) => readLayer(layer, calls, names.layers[index] as string));
  const isChain = layers.length === model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').length;
  return {
    name: model.name.replaceAll('/', '_'),
    inputName: names.input,
    input: plan.input,
    inputShape: [null, ...plan.inputShape],
    layers,
    outputs: readOutputs(plan),
    isSequential: model.getClassName() === 'Sequential' && isChain,
  };
}

function readOutputs({ outputs }: NetworkPlan): number[] {
  return outputs.map(({ outputs: [id] }) => id as number);
}

function readLayer(layer: tf.layers.Layer, calls: readonly LayerCall[], name: string): ExportedLayer {
  const { kind } = layer.constructor as { kind?: string };
  return {
    name,
    kind: kind ?? layer.getClassName(),
    isOwn: kind !== undefined,
    config: layer.getConfig(),
    trainable: layer.trainable,
    weights: layer.weights.map((weight) => {
      const tensor = weight.read();
      const role = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
      return { name: role, shape: tensor.shape, values: tensor.dataSync<'float32'>() };
    }),
    calls: calls.map((call) => readCall(call)),
  };
}

function readCall({ name, inputs, outputs, inputShapes, outputShapes }: LayerCall): ExportedCall {
  const [output, ...others] = outputs;
  if (output === undefined || others.length > 0) {
    throw new CnnvizError('BAD_MODEL', `${name}: a layer with several outputs cannot be exported`);
  }
  return { inputs, output, inputShapes, outputShape: outputShapes[0] ?? [] };
}

/** What only acts in training. */
const TRAINING_ONLY =
  /^(Dropout|SpatialDropout[12]D|AlphaDropout|Gaussian(Dropout|Noise)|ActivityRegularization|Identity|Random\w+|AugMix|CutMix|MixUp|RandAugment)$/;

/** Whether a layer passes on what it gets wherever it is not trained. */
export function isTrainingOnly({ kind }: ExportedLayer): boolean {
  return TRAINING_ONLY.test(kind);
}

/** What is thrown where a format has no place for a layer. */
export function refuseLayer({ name, kind }: Pick<ExportedLayer, 'name' | 'kind'>, reason: string): CnnvizError {
  return new CnnvizError('BAD_MODEL', `layer ${name} (${kind}) cannot be exported: ${reason}`);
}
