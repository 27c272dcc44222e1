// Finds which pixels of the input each cell of a layer's maps depends on, and where its middle lies.

import type { tf } from '../../backend/tfjs/tensors.js';
import type { CellField, ReceptiveField } from './receptive-field.js';

interface Reach extends Omit<CellField, 'middle'> {
  /** the same as if padding were pixels too */
  readonly low: number;
  readonly high: number;
}

interface Reaches {
  readonly rows: readonly Reach[];
  readonly columns: readonly Reach[];
}

/**
 * From which of a layer's inputs an output is computed: each `step`th (1 where there is none) from the first to the last;
 * padding has numbers below 0 and above the last.
 */
type Window = (output: number) => readonly [first: number, last: number, step?: number];

/** What is needed to know of a layer's call. */
interface Call {
  readonly layer: tf.layers.Layer;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly inputShapes: readonly tf.Shape[];
  readonly outputShapes: readonly tf.Shape[];
}

/**
 * The receptive fields of each call, in the order in which they are computed; null where a layer has no height and width,
 * or is of a kind whose values may depend on every pixel.
 *
 * @param input the tensor of the network's input, and its [height, width, channels]
 */
export function findReceptiveFields<Each extends Call>(
  calls: readonly Each[],
  input: { id: number; shape: readonly (number | null)[] },
): Map<Each, ReceptiveField | null> {
  const byTensor = new Map<number, Reaches | null>([[input.id, inputReaches(input.shape)]]);
  return new Map(
    calls.map((call) => {
      const reaches = reachOf(call, byTensor, byTensor.get(input.id) ?? null);
      for (const output of call.outputs) byTensor.set(output, reaches);
      return [call, reaches && { rows: reaches.rows.map(toField), columns: reaches.columns.map(toField) }];
    }),
  );
}

const toField = ({ from, to, low, high }: Reach): CellField => ({ from, to, middle: (low + high) / 2 });

function inputReaches([height, width, channels]: readonly (number | null)[]): Reaches | null {
  if (typeof height !== 'number' || typeof width !== 'number' || channels === undefined) return null;
  const pixels = (size: number) =>
    Array.from({ length: size }, (_, at) => ({ from: at, to: at + 1, low: at, high: at + 1 }));
  return { rows: pixels(height), columns: pixels(width) };
}

function reachOf(call: Call, byTensor: ReadonlyMap<number, Reaches | null>, pixels: Reaches | null): Reaches | null {
  const given = call.inputs.map((id) => byTensor.get(id) ?? null);
  const [, height, width] = call.outputShapes[0] ?? [];
  if (call.outputShapes[0]?.length !== 4 || typeof height !== 'number' || typeof width !== 'number') return null;
  if (pixels === null) return null;
  if (MERGES.test(call.layer.getClassName())) return unite(given, { rows: height, columns: width }, pixels);
  const [reaches] = given;
  const windows = windowsOf(call);
  if (!reaches || windows === null) return null;
  const [rows, columns] = windows;
  return { rows: apply(rows, reaches.rows, height), columns: apply(columns, reaches.columns, width) };
}

/** Layers whose outputs depend on the input at the same place alone. */
const PASSES_ON =
  /^(Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|BatchNormalization|(Alpha|Gaussian|Spatial)?Dropout\w*|GaussianNoise|Rescaling|Dense)$/;

/** Layers that compute from several inputs, place by place. */
const MERGES = /^(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate)$/;

function windowsOf({ layer, inputShapes, outputShapes }: Call): [rows: Window, columns: Window] | null {
  const kind = layer.getClassName();
  if (PASSES_ON.test(kind)) return [samePlace, samePlace];
  const config = layer.getConfig() as Record<string, unknown>;
  if (config.dataFormat === 'channelsFirst') return null;
  const sides = (window: (side: 0 | 1) => Window): [Window, Window] => [window(0), window(1)];
  const pair = (value: unknown): [number, number] =>
    Array.isArray(value) ? [value[0], value[1] ?? value[0]] : [Number(value ?? 1), Number(value ?? 1)];
  const size = (shapes: readonly tf.Shape[], side: 0 | 1) => shapes[0]?.[side + 1] as number;
  const [kernel, strides, dilation] = [config.kernelSize ?? config.poolSize, config.strides, config.dilationRate].map(
    pair,
  );
  const slide = (side: 0 | 1) => ({
    length: ((kernel?.[side] ?? 1) - 1) * (dilation?.[side] ?? 1) + 1,
    dilation: dilation?.[side] ?? 1,
    step: strides?.[side] ?? 1,
    isSame: config.padding === 'same',
  });
  if (/^((Depthwise|Separable)?Conv2D|(Max|Average)Pooling2D)$/.test(kind)) {
    return sides((side) => slidingWindow(slide(side), size(inputShapes, side), size(outputShapes, side)));
  }
  if (kind === 'Conv2DTranspose') return sides((side) => spreadingWindow(slide(side)));
  // By bilinear interpolation an output depends on its neighbors as well.
  if (kind === 'UpSampling2D' && (layer as unknown as { interpolation?: string }).interpolation === 'nearest') {
    const factors = pair(config.size);
    return sides((side) => (output) => samePlace(Math.floor(output / factors[side])));
  }
  const edges = kind === 'ZeroPadding2D' ? config.padding : kind === 'Cropping2D' ? config.cropping : undefined;
  if (!Array.isArray(edges)) return null;
  const direction = kind === 'ZeroPadding2D' ? -1 : 1;
  return sides((side) => (output) => samePlace(output + direction * edges[side][0]));
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
function spreadingWindow({ length, step, isSame }: Slide): Window {
  const before = isSame ? Math.floor(Math.max(0, length - step) / 2) : 0;
  return (output) => [Math.ceil((output + before - length + 1) / step), Math.floor((output + before) / step)];
}

function apply(window: Window, inputs: readonly Reach[], count: number): Reach[] {
  return Array.from({ length: count }, (_, output) => {
    const [first, last, step = 1] = window(output);
    const seen: Reach[] = [];
    for (let at = first; at <= last; at += step) {
      const reach = inputs[at];
      if (reach !== undefined && reach.to > reach.from) seen.push(reach);
    }
    const ends = [extrapolate(inputs, first), extrapolate(inputs, last)];
    return {
      from: seen.length > 0 ? Math.min(...seen.map(({ from }) => from)) : 0,
      to: seen.length > 0 ? Math.max(...seen.map(({ to }) => to)) : 0,
      low: Math.min(...ends.map(({ low }) => low)),
      high: Math.max(...ends.map(({ high }) => high)),
    };
  });
}

/** Where an input lies, also one of the padding: those go on in the steps of the outermost. */
function extrapolate(inputs: readonly Reach[], at: number): Pick<Reach, 'low' | 'high'> {
  const last = inputs.length - 1;
  const nearest = inputs[Math.min(last, Math.max(0, at))] as Reach;
  const inner = inputs[at < 0 ? Math.min(1, last) : Math.max(0, last - 1)] as Reach;
  const step = last === 0 ? nearest.high - nearest.low : Math.abs(inner.low - nearest.low);
  const beyond = (at < 0 ? at : Math.max(0, at - last)) * step;
  return { low: nearest.low + beyond, high: nearest.high + beyond };
}

/** Of several inputs at the same place: all that any of them sees. One that is spread over all places may see everything. */
function unite(
  given: readonly (Reaches | null)[],
  { rows, columns }: { rows: number; columns: number },
  pixels: Reaches,
): Reaches | null {
  const placed = given.filter((each) => each !== null && each.rows.length === rows && each.columns.length === columns);
  if (placed.length === 0) return null;
  const side = (name: 'rows' | 'columns') => {
    const united = (placed as Reaches[]).map((reaches) => reaches[name]).reduce(uniteSide);
    const everything = { from: 0, to: pixels[name].length };
    return placed.length === given.length ? united : united.map((reach) => ({ ...reach, ...everything }));
  };
  return { rows: side('rows'), columns: side('columns') };
}

function uniteSide(one: readonly Reach[], other: readonly Reach[]): Reach[] {
  return one.map((reach, index) => {
    const beside = other[index] as Reach;
    const seen = [reach, beside].filter(({ from, to }) => to > from);
    return {
      from: Math.min(...(seen.length > 0 ? seen : [reach]).map(({ from }) => from)),
      to: Math.max(...(seen.length > 0 ? seen : [reach]).map(({ to }) => to)),
      low: Math.min(reach.low, beside.low),
      high: Math.max(reach.high, beside.high),
    };
  });
}
