// What a layer has at hand when it becomes nodes. Maps are [batch, channels, height, width] in ONNX, everything else as in Keras.

import { type ExportedLayer, refuseLayer } from '../exported-network.js';
import type { OnnxGraph, OnnxName, OnnxShape } from './onnx-graph.js';

/** One call of a layer. */
export interface OnnxCall {
  readonly graph: OnnxGraph;
  readonly layer: ExportedLayer;
  readonly inputs: readonly OnnxName[];
  /** the first of them */
  readonly input: OnnxName;
  /** in Keras's order, as all shapes here: [batch, height, width, channels] */
  readonly inputShapes: readonly OnnxShape[];
  readonly inputShape: OnnxShape;
  readonly outputShape: OnnxShape;
}

/** Adds what a layer computes and returns its output. @throws CnnvizError BAD_MODEL for settings without a counterpart */
export type OnnxLayer = (call: OnnxCall) => OnnxName;

export const isMap = (shape: OnnxShape): boolean => shape.length === 4;

/** Where ONNX has the last axis of a tensor. */
export const lastAxis = (shape: OnnxShape): number => (isMap(shape) ? 1 : shape.length - 1);

/** Runs a part on maps as Keras has them, [batch, height, width, channels]. */
export function inKerasOrder(call: OnnxCall, compute: (input: OnnxName) => OnnxName): OnnxName {
  const { graph, input, inputShape, outputShape } = call;
  const given = isMap(inputShape) ? graph.add('Transpose', [input], { perm: { ints: [0, 2, 3, 1] } }) : input;
  const output = compute(given);
  return isMap(outputShape) ? graph.add('Transpose', [output], { perm: { ints: [0, 3, 1, 2] } }) : output;
}

/** A number for each channel, or one for all. */
export function channelConstant({ graph, inputShape }: OnnxCall, values: Float32Array): OnnxName {
  if (values.length === 1) return graph.floats([], values);
  return graph.floats(isMap(inputShape) ? [values.length, 1, 1] : [values.length], values);
}

/** A setting that is a pair of numbers: [along the height, along the width]. */
export function readPair({ config }: ExportedLayer, key: string, fallback = 1): [number, number] {
  const value = config[key] ?? fallback;
  return (Array.isArray(value) ? value : [value, value]) as [number, number];
}

/** The weight of a role. */
export function weightOf(layer: ExportedLayer, role: string) {
  const weight = layer.weights.find(({ name }) => name === role);
  if (weight === undefined) throw refuseLayer(layer, `it has no weight "${role}"`);
  return weight;
}

/** @throws CnnvizError BAD_MODEL for maps of another order than [height, width, channels] */
export function requireChannelsLast({ layer }: OnnxCall): void {
  if (layer.config.dataFormat === 'channelsFirst') throw refuseLayer(layer, 'its channels come first');
}

/** The values of an array with its axes in another order. */
export function transpose(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => shape[axis] as number);
  const steps = order.map((axis) => strides[axis] as number);
  const place = sizes.map(() => 0);
  let from = 0;
  return Float32Array.from({ length: values.length }, () => {
    const value = values[from] as number;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (sizes[axis] as number)) break;
      from -= (steps[axis] as number) * (sizes[axis] as number);
      place[axis] = 0;
    }
    return value;
  });
}
