// Reads what each layer of a model computes: its rule, where its values come from, and its weights.

import type { tf } from '../backend/tfjs/tensors.js';
import type { LayerRule } from '../base/layer-rule.js';
import { DOES_NOTHING, kindOf } from '../engines/contract/layer-kind.js';
import { type LayerCall, readPlan } from '../engines/contract/network-plan.js';
import type { LayerComputation, LayerWeights } from './computation.js';
import { ruleOf } from './layer-rule.js';

/**
 * The computation of every layer that has one output, in the network's order.
 *
 * @param most numbers of a kernel: the weights of a larger one are left out, but for the last dense layer, which gives the scores
 */
export async function readComputations(model: tf.LayersModel, most = Number.POSITIVE_INFINITY) {
  const { calls, shown, input } = readPlan(model);
  const byOutput = new Map(calls.flatMap((call) => call.outputs.map((output) => [output, call] as const)));
  const nameOf = (tensor: number): string => {
    const call = tensor === input ? undefined : byOutput.get(tensor);
    if (call === undefined) return '';
    const [from] = call.inputs;
    return DOES_NOTHING.test(kindOf(call.layer)) && from !== undefined ? nameOf(from) : call.name;
  };
  const last = shown.findLast(({ layer }) => kindOf(layer) === 'Dense');
  const computations: LayerComputation[] = [];
  for (const call of shown) {
    const rule = isAlike(call) ? ruleOf(call.layer, call.outputShapes[0]?.length ?? 0) : ({ type: 'other' } as const);
    const weights = await readWeights(call, rule, call === last ? Number.POSITIVE_INFINITY : most);
    computations.push({ name: call.name, rule, inputs: call.inputs.map(nameOf), weights });
  }
  return computations;
}

/** Whether a layer of several inputs, all of its output's shape, can be what its kind says: others add constants, or spread a value. */
function isAlike({ layer, inputShapes, outputShapes: [output] }: LayerCall): boolean {
  if (kindOf(layer) !== 'Add') return true;
  return inputShapes.length > 1 && inputShapes.every((shape) => String(shape) === String(output));
}

async function readWeights({ layer, outputShapes }: LayerCall, rule: LayerRule, most: number): Promise<LayerWeights> {
  const channels = outputShapes[0]?.at(-1) as number;
  if (rule.type === 'affine') return readAffine(layer, channels);
  const ending = rule.type === 'depthwise' ? 'depthwise_kernel' : 'kernel';
  const kernel = find(layer, ending);
  if (!['convolution', 'depthwise', 'dense'].includes(rule.type) || kernel === undefined) return {};
  const { shape } = kernel;
  if (shape.reduce<number>((product, size) => product * (size as number), 1) > most) return {};
  const bias = await readVector(layer, 'bias');
  return { kernel: { shape: shape as number[], values: await read(kernel) }, ...(bias && { bias }) };
}

/** Batch normalization by its averages, and Rescaling, are both a scale and an offset for each channel. */
async function readAffine(layer: tf.layers.Layer, channels: number): Promise<LayerWeights> {
  const config = layer.getConfig();
  if (kindOf(layer) === 'Rescaling') {
    const fill = (value: unknown) => new Float32Array(channels).fill(value as number);
    return { scale: fill(config.scale), bias: fill(config.offset ?? 0) };
  }
  const [gamma, beta, mean, variance] = await Promise.all(
    ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => readVector(layer, name)),
  );
  const scale = Float32Array.from({ length: channels }, (_, channel) => {
    return (gamma?.[channel] ?? 1) / Math.sqrt((variance?.[channel] ?? 1) + (config.epsilon as number));
  });
  const bias = scale.map((factor, channel) => (beta?.[channel] ?? 0) - (mean?.[channel] ?? 0) * factor);
  return { scale, bias };
}

const find = ({ weights }: tf.layers.Layer, name: string) =>
  weights.find(({ originalName }) => new RegExp(`(^|/)${name}(_\\d+)?$`).test(originalName));

const read = (weight: tf.LayerVariable) => weight.read().data<'float32'>();

async function readVector(layer: tf.layers.Layer, name: string): Promise<Float32Array | undefined> {
  const weight = find(layer, name);
  return weight && read(weight);
}
