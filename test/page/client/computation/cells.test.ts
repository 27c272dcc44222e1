// What the page computes from its own steps and bytes, beside what a network put out for the same image.

import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../../../src/backend/select.js';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import type { LayerRule } from '../../../../src/base/layer-rule.js';
import { createRandom } from '../../../../src/base/random.js';
import type { LayerComputation } from '../../../../src/network/computation.js';
import { readComputations } from '../../../../src/network/computations.js';
import type { Cell, Values } from '../../../../src/page/client/computation/cell.js';
import { computeCell, type Holdings } from '../../../../src/page/client/computation/compute-cell.js';
import { decodeWeights } from '../../../../src/page/client/computation/decode-weights.js';
import { valuesOf } from '../../../../src/page/client/computation/holdings.js';
import { roundSum } from '../../../../src/page/client/computation/round-sum.js';
import type { LayerMaps } from '../../../../src/page/client/layer-maps.js';
import type { ComputationData } from '../../../../src/page/kernels/data.js';
import { encodeWeights } from '../../../../src/page/kernels/encode-weights.js';
import { exactSteps } from '../../../../src/page/map-steps.js';
import { layersEngine } from '../../../helpers/engines.js';

const { layers } = tf;
const random = createRandom(18, 'sample');
const between = (low: number, high: number) => low + random() * (high - low);

beforeAll(() => selectBackend('cpu'));

/** Every kind that the page computes, in one network. */
function network(): tf.LayersModel {
  const image = tf.input({ shape: [17, 14, 3] });
  const apply = (layer: tf.layers.Layer, ...from: tf.SymbolicTensor[]) =>
    layer.apply(from.length === 1 ? (from[0] as tf.SymbolicTensor) : from) as tf.SymbolicTensor;
  const scaled = apply(layers.rescaling({ name: 'scaled', scale: 2, offset: -1 }), image);
  const relu = { activation: 'relu', biasInitializer: 'randomUniform' } as const;
  const valid = apply(layers.conv2d({ name: 'valid', filters: 7, kernelSize: 3, ...relu }), scaled);
  const strided = apply(
    layers.conv2d({ name: 'strided', filters: 8, kernelSize: [3, 5], strides: 2, padding: 'same', ...relu }),
    valid,
  );
  const dilated = apply(
    layers.conv2d({ name: 'dilated', filters: 8, kernelSize: 3, dilationRate: 2, padding: 'same', useBias: false }),
    strided,
  );
  const normal = apply(layers.batchNormalization({ name: 'normal', gammaInitializer: 'randomUniform' }), dilated);
  const active = apply(layers.leakyReLU({ name: 'active', alpha: 0.1 }), normal);
  const sum = apply(layers.add({ name: 'sum' }), active, strided);
  const dropped = apply(layers.dropout({ name: 'dropped', rate: 0.5 }), sum);
  const deep = apply(
    layers.depthwiseConv2d({ name: 'deep', kernelSize: 3, padding: 'same', activation: 'elu' }),
    dropped,
  );
  const mean = apply(layers.averagePooling2d({ name: 'mean', poolSize: 3, strides: 2, padding: 'same' }), deep);
  const most = apply(layers.maxPooling2d({ name: 'most', poolSize: 2 }), mean);
  const flat = apply(layers.flatten({ name: 'flat' }), most);
  const dense = apply(layers.dense({ name: 'dense', units: 6, activation: 'sigmoid' }), flat);
  const scores = apply(layers.dense({ name: 'scores', units: 3, activation: 'softmax' }), dense);
  return withSeed(tf.model({ inputs: image, outputs: scores }));
}

/** The same weights in every run, spread as Keras begins them (Glorot and Bengio 2010). */
function withSeed(model: tf.LayersModel): tf.LayersModel {
  const spread = (shape: readonly number[]) => {
    const [to = 1, from = 1, ...window] = shape.toReversed();
    return Math.sqrt(6 / (window.reduce((product, size) => product * size, 1) * (from + to)));
  };
  const values = model.getWeights().map((before, at) => {
    const { name } = model.weights[at] as { name: string };
    if (/moving|beta/.test(name)) return before;
    const limit = name.includes('kernel') ? spread(before.shape) : 0.05;
    const own = Float32Array.from({ length: before.size }, () => between(-limit, limit));
    return tf.tensor(own, before.shape);
  });
  model.setWeights(values);
  return model;
}

let computations: LayerComputation[];
let outputs: Map<string, { shape: readonly number[]; values: Float32Array }>;

/** What a page holds of the network and of one image: values in steps, weights in bytes. */
let holdings: Holdings;
/** that of `--exact`, or fewer */
let stepCount = exactSteps;

beforeAll(async () => {
  const model = network();
  const engine = layersEngine(model);
  computations = await readComputations(model);
  const input = Float32Array.from({ length: 17 * 14 * 3 }, () => between(0, 1));
  const captured = await engine.run(
    input,
    1,
    engine.layers.map(({ name }) => name),
  );
  outputs = new Map(captured.map(({ name, shape, values }) => [name, { shape: shape.slice(1), values }]));
  outputs.set('', { shape: [17, 14, 3], values: input });
  const data = computations.map(({ name, rule, inputs, weights }): ComputationData => {
    const channels = outputs.get(name)?.shape.at(-1) as number;
    return {
      ...{ name, rule, inputs, channels },
      ...(weights.kernel && { kernel: weights.kernel.shape }),
      ...(weights.bias && { hasBias: true }),
    };
  });
  holdings = {
    computations: { layers: data },
    readValues: async (name) => stored(name),
    async readWeights(name) {
      const layer = computations.find((each) => each.name === name);
      const about = data.find((each) => each.name === name);
      if (layer === undefined || about === undefined || Object.keys(layer.weights).length === 0) return undefined;
      return decodeWeights(Buffer.from(encodeWeights(layer.weights)).toString('base64'), about);
    },
  };
});

function stored(name: string): Values {
  const { shape, values } = outputs.get(name) as { shape: readonly number[]; values: Float32Array };
  if (shape.length === 1) return valuesOf({ units: [...values] });
  const [height, width, count] = shape as [number, number, number];
  const channels = Array.from({ length: count }, (_, channel) => {
    const own = values.filter((_, index) => index % count === channel);
    const [low, high] = [Math.min(...own), Math.max(...own)];
    const last = stepCount - 1;
    return {
      ...{ low, high, stepCount },
      steps: Uint16Array.from(own, (value) => Math.round((last * (value - low)) / (high - low || 1))),
    };
  });
  return valuesOf({ layer: { width, height } as LayerMaps['layer'], channels });
}

function trueValue(name: string, { channel, x, y }: Cell): number {
  const { shape, values } = outputs.get(name) as { shape: readonly number[]; values: Float32Array };
  const [, width = 1, count = 1] = shape.length === 1 ? [1, 1, shape[0]] : shape;
  return values[(y * width + x) * count + channel] as number;
}

function randomCell(name: string): Cell {
  const shape = outputs.get(name)?.shape as number[];
  const [height = 1, width = 1, count = 1] = shape.length === 1 ? [1, 1, shape[0]] : shape;
  const [channel, x, y] = [count, width, height].map((size) => Math.floor(between(0, size)));
  return { channel: channel as number, x: x as number, y: y as number };
}

const RULES: [string, LayerRule['type'], string[]][] = [
  ['scaled', 'affine', ['']],
  ['valid', 'convolution', ['scaled']],
  ['strided', 'convolution', ['valid']],
  ['dilated', 'convolution', ['strided']],
  ['normal', 'affine', ['dilated']],
  ['active', 'activation', ['normal']],
  ['sum', 'addition', ['active', 'strided']],
  ['deep', 'depthwise', ['sum']],
  ['mean', 'pooling', ['deep']],
  ['most', 'pooling', ['mean']],
  ['flat', 'flatten', ['most']],
  ['dense', 'dense', ['flat']],
];

describe.each(RULES)('%s', (name, type, inputs) => {
  test('is known by its rule and its inputs, dropout passed over', () => {
    const found = computations.find((each) => each.name === name);
    expect([found?.rule.type, found?.inputs]).toEqual([type, inputs]);
  });

  // In 65 steps a value between -1 and 1 is off by up to 1.6 % of the largest, whatever is computed from it.
  test.each([
    [exactSteps, 0.01],
    [65, 0.025],
  ])(
    'from %i steps computes at 200 places what the network does, within %f of its largest value',
    async (steps, most) => {
      stepCount = steps;
      const largest = Math.max(...(outputs.get(name)?.values ?? []).map(Math.abs));
      for (let round = 0; round < 200; round++) {
        const cell = randomCell(name);
        const computed = await computeCell(name, cell, holdings);
        if ('missing' in computed) throw new Error(JSON.stringify(computed));
        expect(Math.abs(computed.value - trueValue(name, cell)) / largest).toBeLessThan(most);
        if (computed.type !== 'windows' && computed.type !== 'units') continue;
        const { terms, sum } = roundSum(computed);
        expect(terms.reduce((total, term) => total + term, 0)).toBe(sum);
      }
    },
  );
});

test('what the page does not hold, or does not know, is named', async () => {
  const cell = { channel: 0, x: 0, y: 0 };
  const without = { ...holdings, readWeights: async () => undefined };
  expect(await computeCell('valid', cell, without)).toEqual({ missing: 'weights', layer: 'valid' });
  const unseen = { ...holdings, readValues: async (name: string) => (name === 'scaled' ? undefined : stored(name)) };
  expect(await computeCell('valid', cell, unseen)).toEqual({ missing: 'values', layer: 'scaled' });
  expect(await computeCell('scores', cell, holdings)).toEqual({ missing: 'activation', layer: 'scores' });
  expect(await computeCell('nothing', cell, holdings)).toEqual({ missing: 'rule', layer: 'nothing' });
});
