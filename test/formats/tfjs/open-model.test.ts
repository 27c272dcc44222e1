import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-tfjs-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

interface Weight {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: object;
}
const KERNEL: Weight = { name: 'dense/kernel', shape: [3, 2], dtype: 'float32' };
const BIAS: Weight = { name: 'dense/bias', shape: [2], dtype: 'float32' };
const numbers = [1.5, -2, 0.25, 3, 8, -1];
const floats = (values: number[]) => Buffer.from(Float32Array.from(values).buffer);

const TOPOLOGY = {
  class_name: 'Sequential',
  config: [
    { class_name: 'GlobalAveragePooling2D', config: { name: 'pool', batch_input_shape: [null, 4, 4, 3] } },
    { class_name: 'Dense', config: { name: 'dense', units: 2 } },
  ],
};

/** @param shards content by name @param more of the file, or instead */
async function save(weights: Weight[], shards: Record<string, Buffer>, more: object = {}, name = 'model.json') {
  const json = { modelTopology: TOPOLOGY, weightsManifest: [{ paths: Object.keys(shards), weights }], ...more };
  await fs.writeFile(join(folder, name), JSON.stringify(json));
  for (const [shard, content] of Object.entries(shards)) await fs.writeFile(join(folder, shard), content);
  return join(folder, name);
}

async function readDense(path: string): Promise<Record<string, number[]>> {
  const file = await openNetworkFile(path);
  const weights = await file.readWeights('dense');
  await file.close();
  return Object.fromEntries(weights.map(({ name, values }) => [name, [...values]]));
}

test('a model without a format, under any name, its weights in any order and in files of any size', async () => {
  const all = Buffer.concat([floats([7, 9]), floats(numbers)]);
  for (const cuts of [[32], [1, 32], [3, 11, 12, 32]]) {
    const shards = Object.fromEntries(
      cuts.map((end, index) => [`part ${index}`, all.subarray(cuts[index - 1] ?? 0, end)]),
    );
    const path = await save([BIAS, KERNEL], shards, {}, 'my network (1).json');
    expect(await readDense(path)).toEqual({ kernel: numbers, bias: [7, 9] });
  }
  expect(await readDense(folder)).toEqual({ kernel: numbers, bias: [7, 9] });
});

test('weights in several groups', async () => {
  const weightsManifest = [
    { paths: ['a'], weights: [KERNEL] },
    { paths: ['b'], weights: [BIAS] },
  ];
  const path = await save([], { a: floats(numbers), b: floats([7, 9]) }, { weightsManifest });
  expect(await readDense(path)).toEqual({ kernel: numbers, bias: [7, 9] });
});

test.each<[string, object, Buffer, number[]]>([
  ['uint8', { dtype: 'uint8', min: -2, scale: 0.5 }, Buffer.from([0, 1, 2, 3, 4, 255]), [-2, -1.5, -1, -0.5, 0, 125.5]],
  [
    'uint16',
    { dtype: 'uint16', min: 1, scale: 2 },
    Buffer.from(Uint16Array.of(0, 1, 2, 3, 4, 65535).buffer),
    [1, 3, 5, 7, 9, 131071],
  ],
  // 1, -2, the largest, the smallest, the smallest normal, and 0: https://en.wikipedia.org/wiki/Half-precision_floating-point_format
  [
    'float16',
    { dtype: 'float16' },
    Buffer.from(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0).buffer),
    [1, -2, 65504, 2 ** -24, 2 ** -14, 0],
  ],
])('%s weights are read as the numbers that they stand for', async (_, quantization, content, values) => {
  const path = await save([BIAS, { ...KERNEL, quantization }], { w: Buffer.concat([floats([7, 9]), content]) });
  expect(await readDense(path)).toEqual({ kernel: values, bias: [7, 9] });
});

test.each<[string, () => Promise<string>, RegExp]>([
  [
    'a graph model',
    () => save([], {}, { format: 'graph-model' }),
    /found a graph model of TensorFlow\.js, which has no layers/,
  ],
  [
    'a graph model that does not say so',
    () => save([], {}, { modelTopology: { node: [], library: {} } }),
    /found a graph model/,
  ],
  ['no weights', () => save([], {}, { weightsManifest: undefined }), /no modelTopology and weightsManifest/],
  [
    'a missing shard',
    async () => {
      const path = await save([KERNEL, BIAS], { w: floats([...numbers, 7, 9]) });
      await fs.rm(join(folder, 'w'));
      return path;
    },
    /its weights file w is missing$/,
  ],
  ['a short shard', () => save([KERNEL, BIAS], { w: floats([1]) }), /expected 32 bytes of weights, found 4$/],
  [
    'a shard elsewhere',
    () => save([KERNEL, BIAS], { '../secret.bin': floats([...numbers, 7, 9]) }),
    /leads out of the folder/,
  ],
  [
    'texts for weights',
    () => save([{ ...KERNEL, dtype: 'string' }], { w: floats([1]) }),
    /dtype: expected one of float32/,
  ],
  ['an absurd shape', () => save([{ ...KERNEL, shape: [2 ** 40] }], { w: floats([1]) }), /a shape of at most/],
  [
    'other weights',
    () => save([{ ...KERNEL, name: 'conv/kernel' }], { w: floats(numbers) }),
    /"dense"; weights of no layer: "conv"/,
  ],
])('a model with %s is refused in a sentence', async (_, make, message) => {
  const path = await make();
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(message),
  });
  await fs.rm(join(folder, '../secret.bin'), { force: true });
});

test('a network without an input shape gets its channels of its first convolution', async () => {
  const layers = (first: object) => ({
    class_name: 'Sequential',
    config: { name: 'net', layers: [first, { class_name: 'GlobalMaxPooling2D', config: { name: 'pool' } }] },
  });
  const conv = { class_name: 'Conv2D', config: { name: 'conv', filters: 2, kernel_size: [1, 1], use_bias: false } };
  const weight = { name: 'conv/kernel', shape: [1, 1, 4, 2], dtype: 'float32' };
  const path = await save([weight], { w: Buffer.alloc(32) }, { modelTopology: layers(conv) });
  const file = await openNetworkFile(path);
  expect(file.definition.layers[0]).toMatchObject({
    kind: 'InputLayer',
    config: { batch_shape: [null, null, null, 4] },
  });
  const flat = { class_name: 'Flatten', config: { name: 'flat' } };
  await save([], {}, { modelTopology: layers(flat) });
  await expect(openNetworkFile(path)).rejects.toThrow('it does not say what shape its input has');
});

test('class names beside a network that do not fit it are ignored, and refused where they are asked for', async () => {
  const path = await save([KERNEL, BIAS], { w: floats([...numbers, 7, 9]) });
  const labels = join(folder, 'labels.txt');
  await fs.writeFile(labels, 'a\nb\nc');
  const reason = 'it names 3 classes, and the network has 2 outputs';
  expect((await openNetworkFile(path)).origin).toEqual({ ignored: [`labels.txt beside it: ${reason}`] });
  await expect(openNetworkFile(path, { classes: labels })).rejects.toThrow(`${labels}: ${reason}`);
  const classes = join(folder, 'mine.json');
  await fs.writeFile(classes, '["x", "y"]');
  const { origin } = await openNetworkFile(path, { classes });
  expect(origin.classNames).toEqual({ value: ['x', 'y'], source: classes });
  await fs.writeFile(join(folder, 'metadata.json'), '{"labels": ["p", "q"]}');
  expect((await openNetworkFile(path)).origin.classNames?.value).toEqual(['p', 'q']);
  await fs.writeFile(join(folder, 'metadata.json'), '{"packageName": "@teachablemachine/pose", "labels": ["p", "q"]}');
  await expect(openNetworkFile(path)).rejects.toThrow('it is a network of Teachable Machine for poses');
});
