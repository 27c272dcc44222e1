import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/base/random.js';
import { decodeWeights } from '../../../../src/page/client/computation/decode-weights.js';
import { renderComputations } from '../../../../src/page/computations.js';
import { encodedLength, encodeWeights, type Weights } from '../../../../src/page/kernels/encode-weights.js';
import { kernelLimits } from '../../../../src/page/kernels/kernel-steps.js';

const random = createRandom(18, 'sample');
const floats = (length: number) => Float32Array.from({ length }, () => random() - 0.5);

async function readBack(weights: Weights, channels: number) {
  const bytes = encodeWeights(weights);
  expect(inflateSync(bytes)).toHaveLength(encodedLength(weights));
  return decodeWeights(Buffer.from(bytes).toString('base64'), {
    ...{ name: 'layer', inputs: [''], channels, rule: { type: 'other' } },
    ...(weights.kernel && { kernel: weights.kernel.shape }),
    ...(weights.bias && { hasBias: true }),
  });
}

test.each([
  [4, 5, kernelLimits.few],
  [16, 18, kernelLimits.many],
])(
  'a kernel of %i to %i channels is read back to a step of each filter, and the sum over a window to half a step',
  async (seen, filters, limit) => {
    const [height, width] = [3, 3];
    const values = floats(height * width * seen * filters);
    // A filter that is all 0, and one that is a thousand times smaller than the others.
    values.forEach((value, index) => {
      if (index % filters === 1) values[index] = 0;
      if (index % filters === 2) values[index] = value / 1000;
    });
    const bias = floats(filters);
    const { kernel, bias: biasOf } = await readBack(
      { kernel: { shape: [height, width, seen, filters], values }, bias },
      filters,
    );
    for (let filter = 0; filter < filters; filter++) {
      const own = values.filter((_, index) => index % filters === filter);
      const step = Math.max(...own.map(Math.abs)) / limit;
      for (let channel = 0; channel < seen; channel++) {
        const places = Array.from(
          { length: height * width },
          (_, place) => (place * seen + channel) * filters + filter,
        );
        const off = places.map((index) => kernel(index) - (values[index] as number));
        expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(1.01 * step);
        expect(Math.abs(off.reduce((sum, each) => sum + each, 0))).toBeLessThanOrEqual(1.6 * step);
      }
      expect(biasOf(filter)).toBe(bias[filter]);
    }
  },
);

test('a scale and an offset are read back as they are', async () => {
  const [scale, bias] = [floats(6), floats(6)];
  const read = await readBack({ scale, bias }, 6);
  for (let channel = 0; channel < 6; channel++) {
    expect([read.scale(channel), read.bias(channel)]).toEqual([scale[channel], bias[channel]]);
  }
});

test('without a bias there is none; what is no number counts as 0', async () => {
  const read = await readBack({ kernel: { shape: [2, 1], values: Float32Array.of(Number.NaN, kernelLimits.few) } }, 1);
  expect([read.bias(0), read.kernel(0), read.kernel(1)]).toEqual([undefined, 0, kernelLimits.few]);
});

test('what a page has no room for is left out, dense layers first, and named', () => {
  const dense = {
    name: 'dense',
    rule: { type: 'dense', activation: { name: 'linear' } },
    inputs: [''],
    channels: 3,
  } as const;
  const affine = { name: 'affine', rule: { type: 'affine' }, inputs: ['dense'], channels: 30 } as const;
  const layers = [
    { ...dense, weights: { kernel: { shape: [20, 3], values: floats(60) } } },
    { ...affine, weights: { scale: floats(30), bias: floats(30) } },
  ];
  const { text } = renderComputations(layers, 330);
  expect([...text.matchAll(/class="weights" data-layer="(\w+)"/g)].map(([, name]) => name)).toEqual(['affine']);
  const [, json = ''] = /class="computations-data">(.*?)<\/script>/.exec(text) ?? [];
  const [left, kept] = JSON.parse(json).layers;
  expect([left.isLeftOut, left.kernel, kept.isLeftOut]).toEqual([true, undefined, undefined]);
});
