// From which of a layer's inputs each of its outputs is computed, along the height and along the width.

import type { tf } from '../../backend/tfjs/tensors.js';
import { DOES_NOTHING, isOwn, kindOf } from './layer-kind.js';
import { type Part, placesOf } from './parts.js';
import { type Interpolation, type Line, samplePlace } from './resampling.js';

/**
 * From which of a layer's inputs an output is computed: each `step`th (1 where there is none) from the first to the last;
 * padding has numbers below 0 and above the last.
 */
export type Window = (output: number) => readonly [first: number, last: number, step?: number];

/** What is needed to know of a layer's call. */
export interface Call {
  readonly layer: tf.layers.Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly inputShapes: readonly tf.Shape[];
  readonly outputShapes: readonly tf.Shape[];
}

/** Layers whose outputs depend on the input at the same place alone. */
const PASSES_ON =
  /^(Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|(Batch|Unit)?Normalization|Rescaling|Dense|Absolute|Cast|Clip|Log|Negative|Sqrt|Square)$/;

/** Layers that compute from several inputs, place by place. */
export const MERGES = /^(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Divide|TrueDivide|Power)$/;

type Config = Readonly<Record<string, unknown>>;
type Side = 0 | 1;

/** The windows of a kind of layer, along the height (side 0) or the width; null where it may see everything. */
type FindWindow = (config: Config, input: number, output: number, side: Side) => Window | null;

const SLIDES: FindWindow = (config, input, output, side) => slidingWindow(slide(config, side), input, output);
const SHIFTS =
  (key: string, direction: 1 | -1): FindWindow =>
  (config, _input, _output, side) => {
    const before = (config[key] as [number, number][])[side]?.[0] as number;
    return (at) => samePlace(at + direction * before);
  };

const WINDOWS: Readonly<Record<string, FindWindow>> = {
  AveragePooling2D: SLIDES,
  CenterCrop: (_config, input, output) =>
    output > input ? null : (at) => samePlace(at + Math.floor((input - output) / 2)),
  Conv2D: SLIDES,
  Conv2DTranspose: (config, input, output, side) => spreadingWindow(slide(config, side), input, output),
  Cropping2D: SHIFTS('cropping', 1),
  DepthwiseConv2D: SLIDES,
  GetItem({ parts }, input, _output, side) {
    const part = (parts as readonly Part[])[side];
    return part === undefined ? samePlace : (at) => samePlace(placesOf(part, input)[at] as number);
  },
  LayerNormalization: ({ axis }) => ([axis].flat().every((each) => each === -1 || each === 3) ? samePlace : null),
  MaxPooling2D: SLIDES,
  Resizing: ({ interpolation, cropToAspectRatio }, input, output) =>
    cropToAspectRatio ? null : samplingWindow({ from: 0, count: input, size: output }, interpolation as Interpolation),
  SeparableConv2D: SLIDES,
  Softmax: ({ axis }) => (axis === -1 || axis === 3 ? samePlace : null),
  UpSampling2D({ interpolation }, input, output) {
    return samplingWindow({ from: 0, count: input, size: output }, (interpolation ?? 'nearest') as Interpolation);
  },
  ZeroPadding2D: SHIFTS('padding', -1),
};

/** Null for a layer whose values may depend on every pixel. */
export function windowsOf({ layer, inputShapes, outputShapes }: Call): [rows: Window, columns: Window] | null {
  const kind = kindOf(layer);
  if (PASSES_ON.test(kind) || DOES_NOTHING.test(kind)) return [samePlace, samePlace];
  const config = layer.getConfig() as Config;
  const find = Object.hasOwn(WINDOWS, kind) ? WINDOWS[kind] : undefined;
  if (find === undefined || config.dataFormat === 'channelsFirst' || isAligned(layer)) return null;
  const [rows, columns] = ([0, 1] as const).map((side) => {
    const [input, output] = [inputShapes, outputShapes].map(([shape]) => shape?.[side + 1] as number);
    return find(config, input as number, output as number, side);
  });
  return rows && columns ? [rows, columns] : null;
}

/** tfjs's own interpolations sample at other places than Keras's. */
function isAligned(layer: tf.layers.Layer): boolean {
  if (isOwn(layer)) return false;
  const isBilinear = (layer as { interpolation?: string }).interpolation === 'bilinear';
  return isBilinear || /^(Resizing|CenterCrop)$/.test(layer.getClassName());
}

const pair = (value: unknown): [number, number] =>
  Array.isArray(value) ? [value[0], value[1] ?? value[0]] : [Number(value ?? 1), Number(value ?? 1)];

function slide({ kernelSize, poolSize, strides, dilationRate, padding }: Config, side: Side): Slide {
  const dilation = pair(dilationRate)[side];
  return {
    length: (pair(kernelSize ?? poolSize)[side] - 1) * dilation + 1,
    dilation,
    step: pair(strides)[side],
    isSame: padding === 'same',
  };
}

function samplingWindow(line: Line, interpolation: Interpolation): Window {
  return (output) => {
    const { low, high, part } = samplePlace(line, output, interpolation);
    return [low, part === 0 ? low : high];
  };
}

const samePlace: Window = (output) => [output, output];

interface Slide {
  /** from the first input under the kernel to the last */
  length: number;
  /** from one input under the kernel to the next */
  dilation: number;
  step: number;
  /** padded so that the output is as large as the input, but for the step */
  isSame: boolean;
}

/** A convolution or pooling. TensorFlow pads one pixel more at the end where the padding is odd. */
function slidingWindow({ length, dilation, step, isSame }: Slide, inputSize: number, outputSize: number): Window {
  const padding = isSame ? Math.max(0, (outputSize - 1) * step + length - inputSize) : 0;
  const before = Math.floor(padding / 2);
  return (output) => [output * step - before, output * step - before + length - 1, dilation];
}

/** A transposed convolution: each input adds to the outputs that lie under its kernel. */
function spreadingWindow({ length, step, isSame }: Slide, inputSize: number, outputSize: number): Window {
  const padding = isSame ? Math.max(0, (inputSize - 1) * step + length - outputSize) : 0;
  const before = Math.floor(padding / 2);
  return (output) => [Math.ceil((output + before - length + 1) / step), Math.floor((output + before) / step)];
}
