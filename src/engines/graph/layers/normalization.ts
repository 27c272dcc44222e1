// Layers that normalize by something else than a batch's statistics.

import type { GraphBuilder, GraphTensor, Numbers } from '../build/graph-builder.js';
import { readNumber, weightName } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, reduce, reshape, unary } from '../build/ops.js';

/** Counted from the batch, in order. */
function readAxes(layer: LayerSpec): number[] {
  const rank = layer.inputShape.length + 1;
  const given = [layer.config.axis ?? []].flat() as number[];
  return given.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
}

/** 1 for the batch and for all axes but some. */
const broadcastShape = ({ inputShape }: LayerSpec, axes: readonly number[]) => [
  1,
  ...inputShape.map((size, index) => (axes.includes(index + 1) ? size : 1)),
];

function normalize({ graph }: ForwardContext, x: GraphTensor, axes: readonly number[], epsilon: number): GraphTensor {
  const distances = binary(graph, 'Sub', x, reduce(graph, 'Mean', x, axes, true));
  const variance = reduce(graph, 'Mean', unary(graph, 'Square', distances), axes, true);
  return binary(
    graph,
    'Mul',
    distances,
    unary(graph, 'Rsqrt', binary(graph, 'AddV2', variance, graph.scalar(epsilon))),
  );
}

/** By the layer's gamma and beta, where it has them. */
function scaleAndShift(layer: LayerSpec, shape: readonly number[]): LayerForward {
  const name = (ending: string, enabled: unknown) => (enabled === false ? undefined : weightName(layer, ending));
  const [gamma, beta] = [name('gamma', layer.config.scale), name('beta', layer.config.center)];
  return ({ graph, variable }, x) => {
    const weight = (name: string) => reshape(graph, variable(name).value, graph.integers(shape));
    const scaled = gamma === undefined ? x : binary(graph, 'Mul', x, weight(gamma));
    return beta === undefined ? scaled : binary(graph, 'AddV2', scaled, weight(beta));
  };
}

/** LayerNormalization (Ba et al., 2016): each example by its own mean and variance along some axes. */
export function layerNormalization(layer: LayerSpec): LayerForward {
  const [axes, epsilon] = [readAxes(layer), readNumber(layer, 'epsilon')];
  const finish = scaleAndShift(layer, broadcastShape(layer, axes));
  return (context, input) => finish(context, normalize(context, input, axes, epsilon));
}

/** GroupNormalization (Wu and He, 2018): each example by the mean and variance of each group of channels. */
export function groupNormalization(layer: LayerSpec): LayerForward {
  const [epsilon, given] = [readNumber(layer, 'epsilon'), readNumber(layer, 'groups')];
  const channels = layer.inputShape.at(-1) as number;
  const positions = layer.inputShape.slice(0, -1).reduce((product, size) => product * size, 1);
  const groups = given === -1 ? channels : given;
  const finish = scaleAndShift(layer, [channels]);
  return (context, input) => {
    const { graph } = context;
    const grouped = reshape(graph, input, graph.integers([-1, positions, groups, channels / groups]));
    const normal = reshape(
      graph,
      normalize(context, grouped, [1, 3], epsilon),
      graph.integers([-1, ...layer.inputShape]),
    );
    return finish(context, normal);
  };
}

/** RMSNormalization (Zhang and Sennrich, 2019): each example by the root of its mean square along some axes. */
export function rmsNormalization(layer: LayerSpec): LayerForward {
  const [axes, epsilon, scale] = [readAxes(layer), readNumber(layer, 'epsilon'), weightName(layer, 'scale')];
  return ({ graph, variable }, x) => {
    const mean = reduce(graph, 'Mean', unary(graph, 'Square', x), axes, true);
    const inverse = unary(graph, 'Rsqrt', binary(graph, 'AddV2', mean, graph.scalar(epsilon)));
    return binary(graph, 'Mul', binary(graph, 'Mul', x, inverse), variable(scale).value);
  };
}

/** Brings each example to a length of 1 along some axes. @param least square of a length: values all 0 stay that */
export function toUnitLength(graph: GraphBuilder, x: GraphTensor, axes: readonly number[], least: number): GraphTensor {
  const square = reduce(graph, 'Sum', unary(graph, 'Square', x), axes, true);
  return binary(graph, 'Mul', x, unary(graph, 'Rsqrt', binary(graph, 'Maximum', square, graph.scalar(least))));
}

/** UnitNormalization */
export function unitNormalization(layer: LayerSpec): LayerForward {
  const axes = readAxes(layer);
  return ({ graph }, x) => toUnitLength(graph, x, axes, 1e-24);
}

/** LayerScale (Touvron et al., 2021): each channel times a factor of its own. */
export function layerScale(layer: LayerSpec): LayerForward {
  const gamma = weightName(layer, 'gamma');
  return ({ graph, variable }, x) => binary(graph, 'Mul', x, variable(gamma).value);
}

/** Keras's smallest divisor. */
const EPSILON = 1e-7;

/** Normalization: by a mean and a variance that were given or taken from data once. */
export function normalization(layer: LayerSpec): LayerForward {
  const { mean, variance, invert } = layer.config;
  const shape = broadcastShape(layer, readAxes(layer));
  const statistic = (name: string, given: unknown) => {
    const weight = given == null ? weightName(layer, name) : undefined;
    return ({ graph, variable }: ForwardContext) =>
      weight === undefined
        ? graph.numbers(given as Numbers)
        : reshape(graph, variable(weight).value, graph.integers(shape));
  };
  const [center, spread] = [statistic('mean', mean), statistic('variance', variance)];
  return (context, input) => {
    const { graph } = context;
    const deviation = binary(graph, 'Maximum', unary(graph, 'Sqrt', spread(context)), graph.scalar(EPSILON));
    if (invert === true) return binary(graph, 'AddV2', center(context), binary(graph, 'Mul', input, deviation));
    return binary(graph, 'RealDiv', binary(graph, 'Sub', input, center(context)), deviation);
  };
}
