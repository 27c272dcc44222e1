// The networks that are exported and run elsewhere: test/fixtures/scripts/exports.mjs writes them, exports.py runs them.

import { tf } from '../../../src/backend/tfjs/tensors.js';
import { scalingOf } from '../../../src/dataset/decode/conventions.js';
import { decodeImage } from '../../../src/dataset/decode/decode-image.js';
import type { Preprocessing } from '../../../src/dataset/decode/preprocessing.js';
import { toImageFloats } from '../../../src/dataset/stream/image-input.js';
import { EXPORT_FORMAT, type ExportContent } from '../../../src/formats/write/export-content.js';
import { readExportedNetwork } from '../../../src/formats/write/exported-network.js';
import { buildModel } from '../../../src/network/build.js';
import { apply, conv, finish, input, NETWORKS } from '../../helpers/branching-networks.js';

const { layers } = tf;
const SIZE = 24;

const article = () => buildModel({ imageSize: SIZE, filters: [4, 8], dense: 8, dropout: 0.5, classCount: 2 }, 1);

const normalized = () =>
  buildModel(
    {
      ...{ imageSize: SIZE, filters: [4, 8], dense: 8, dropout: 0, denseDropout: 0.3, batchNormalization: true },
      ...{ kernelInitializer: 'he_normal', classCount: 3 },
    },
    1,
  );

/** Every other kind of layer of tfjs that all formats have. */
function assorted(): tf.LayersModel {
  const from = input(11, 13, 3);
  const list = [
    layers.rescaling({ name: 'rescaled', scale: 2, offset: -1 }),
    layers.zeroPadding2d({
      name: 'padded',
      padding: [
        [1, 0],
        [2, 1],
      ],
    }),
    layers.conv2d({ name: 'strided', filters: 4, kernelSize: [3, 2], strides: [2, 1], padding: 'same' }),
    layers.batchNormalization({ name: 'unscaled', scale: false, center: false, epsilon: 0.01 }),
    layers.leakyReLU({ name: 'leaky', alpha: 0.1 }),
    layers.depthwiseConv2d({ name: 'apart', kernelSize: 3, strides: 2, padding: 'same', activation: 'relu6' }),
    layers.separableConv2d({ name: 'separable', filters: 6, kernelSize: 3, padding: 'same', activation: 'elu' }),
    layers.upSampling2d({ name: 'larger', size: [2, 3] }),
    layers.conv2dTranspose({ name: 'spread', filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    layers.cropping2D({
      name: 'cropped',
      cropping: [
        [1, 2],
        [0, 3],
      ],
    }),
    layers.reLU({ name: 'limited', maxValue: 1.5 }),
    layers.averagePooling2d({ name: 'mean_pool', poolSize: 3, strides: 2, padding: 'same' }),
    layers.conv2d({
      name: 'dilated',
      filters: 4,
      kernelSize: 3,
      dilationRate: 2,
      padding: 'same',
      activation: 'swish',
    }),
    layers.permute({ name: 'turned', dims: [2, 1, 3] }),
    layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
  ];
  const maps = list.reduce((tensor, layer) => apply(layer, tensor), from);
  const [, height, width, channels] = maps.shape as number[];
  const sheet = apply(
    layers.reshape({ name: 'sheet', targetShape: [width as number, height as number, channels as number] }),
    maps,
  );
  const means = apply(layers.globalAveragePooling2d({ name: 'means' }), sheet);
  const most = apply(layers.globalMaxPooling2d({ name: 'most' }), sheet);
  const both = apply(layers.concatenate({ name: 'both' }), means, most);
  const hidden = apply(layers.dense({ name: 'hidden', units: 5, activation: 'tanh' }), both);
  const scores = apply(layers.dense({ name: 'scores', units: 4, useBias: false }), hidden);
  return tf.model({ inputs: from, outputs: apply(layers.softmax({ name: 'shares' }), scores) });
}

/** A network within a network, with layers of the same names inside and outside. */
function nested(): tf.LayersModel {
  const inner = input(8, 8, 3);
  const base = tf.model({
    inputs: inner,
    outputs: apply(layers.reLU({ name: 'relu' }), apply(conv('conv', 4, { activation: 'linear' }), inner)),
    name: 'base',
  });
  const from = input(8, 8, 3);
  return finish(from, apply(conv('conv', 2), base.apply(from) as tf.SymbolicTensor));
}

/** Two outputs of different layers. */
function twoHeaded(): tf.LayersModel {
  const from = input(6, 6, 3);
  const flat = apply(layers.flatten({ name: 'flat' }), apply(conv('conv', 2), from));
  const head = (name: string, units: number) => apply(layers.dense({ name, units, activation: 'sigmoid' }), flat);
  return tf.model({ inputs: from, outputs: [head('first', 2), head('second', 3)] });
}

const MODELS = { article, normalized, assorted, nested, twoHeaded, ...NETWORKS };

export type ModelName = keyof typeof MODELS;
export const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

/** The one with two weights of the same name, which tfjs cannot have. */
export const NOT_IN_TFJS: ModelName = 'nested';

/** Numbers in -1..1 that are the same everywhere. */
function drawNumbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x40000000 - 1;
  });
}

/** A model with weights that are the same everywhere; what divides is above 0. */
export function makeModel(name: ModelName): tf.LayersModel {
  const model = MODELS[name]();
  fill(model);
  return model;
}

function fill(model: tf.LayersModel): void {
  model.weights.forEach((weight, index) => {
    const shape = weight.shape as number[];
    const numbers = drawNumbers(tf.util.sizeFromShape(shape), index + 1);
    const isPositive = /moving_variance|gamma/.test(weight.originalName);
    weight.write(
      tf.tensor(
        numbers.map((each) => (isPositive ? 1 + each / 2 : each / 2)),
        shape,
      ),
    );
  });
}

/** Two inputs, in 0..1. */
export function makeInput(model: tf.LayersModel): { shape: number[]; values: Float32Array } {
  const shape = [2, ...((model.inputs[0] as tf.SymbolicTensor).shape.slice(1) as number[])];
  return { shape, values: drawNumbers(tf.util.sizeFromShape(shape), 99).map((each) => (each + 1) / 2) };
}

/** What the model gives for an input: its outputs one after the other. */
export function run(model: tf.LayersModel, values: Float32Array, shape: number[]): number[] {
  return tf.tidy(() => {
    const outputs = [model.predictOnBatch(tf.tensor(values, shape))].flat();
    return outputs.flatMap((output) => [...output.dataSync()]);
  });
}

/** A network for one kind of pixels. */
export function makePixelModel(channels: number): tf.LayersModel {
  const from = input(SIZE, SIZE, channels);
  const model = finish(from, apply(conv('conv', 2), from));
  fill(model);
  return model;
}

const PREPROCESSING: Preprocessing = {
  ...{ height: SIZE, width: SIZE, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
};

export function describe(model: tf.LayersModel, change: Partial<Preprocessing> = {}): ExportContent {
  const [, height, width] = (model.inputs[0] as tf.SymbolicTensor).shape as number[];
  const preprocessing = { ...PREPROCESSING, height: height as number, width: width as number, ...change };
  return {
    model,
    // tfjs numbers the networks of a process
    network: { ...readExportedNetwork(model), name: 'network' },
    notes: {
      ...{ format: EXPORT_FORMAT, formatVersion: 1, cnnvizVersion: '0' },
      ...{ classNames: ['cats', 'dogs', 'birds', 'fish'].slice(0, Math.max(2, countOutputs(model))), preprocessing },
    },
    training: {
      ...{ optimizer: 'rmsprop', learningRate: 1e-4, momentum: 0, weightDecay: 0, labelSmoothing: 0, classCount: 2 },
    },
  };
}

const countOutputs = (model: tf.LayersModel) => (model.outputs[0] as tf.SymbolicTensor).shape.at(-1) as number;

/** Ways of a photograph to the network, by name. */
export const PHOTOGRAPHS: Record<string, Partial<Preprocessing>> = {
  nearest: {},
  bilinear: { interpolation: 'bilinear' },
  lanczos3: { interpolation: 'lanczos3' },
  'crop, signed': { fit: 'crop', interpolation: 'bilinear', ...scalingOf('signed') },
  'pad, caffe': { fit: 'pad', ...scalingOf('caffe') },
  torch: scalingOf('torch'),
  gray: { channels: 1 },
  alpha: { channels: 4, interpolation: 'bilinear' },
};

/** What a network gives for a photograph that is read as it wants it. */
export async function runPhotograph({ model, notes }: ExportContent, image: string): Promise<number[]> {
  const { preprocessing } = notes;
  const { height, width, channels = 3 } = preprocessing;
  const pixels = toImageFloats(await decodeImage(image, preprocessing), preprocessing);
  return run(model, pixels, [1, height, width, channels]);
}
