import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LayerDefinition } from '../../../src/formats/network-definition.js';
import type { NetworkFile } from '../../../src/formats/network-file.js';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';

// Networks that Keras made, and what it lists of them: test/fixtures/scripts/networks.py.
const folder = fileURLToPath(new URL('../../fixtures/networks', import.meta.url));
const at = (name: string) => join(folder, name);

interface Listed {
  inputs: (number | null)[][];
  layers: { address: string; kind: string; weights: { role: string; shape: number[]; sha256: string }[] }[];
}
const listed: Record<string, Listed> = JSON.parse(readFileSync(at('networks.json'), 'utf8'));

async function withNetwork<T>(name: string, use: (file: NetworkFile) => T, options = {}): Promise<Awaited<T>> {
  const file = await openNetworkFile(at(name), options);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function listLayers({ definition, readWeights }: NetworkFile): Promise<Listed['layers']> {
  const layers = definition.layers.filter(({ kind, isOperation }) => kind !== 'InputLayer' && !isOperation);
  return await Promise.all(
    layers.map(async ({ address, kind }) => ({
      address,
      kind,
      weights: (await readWeights(address)).map(({ name, shape, values }) => {
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        return { role: name, shape, sha256: createHash('sha256').update(bytes).digest('hex').slice(0, 16) };
      }),
    })),
  );
}

const find = ({ definition }: NetworkFile, address: string) =>
  definition.layers.find((layer) => layer.address === address) as LayerDefinition;
/** The layers that a layer's calls take their inputs from, call by call. */
const sources = (file: NetworkFile, address: string) =>
  find(file, address).calls.map(({ inputs }) =>
    inputs.map(({ layer, call }) => (call === 0 ? layer : `${layer}#${call}`)),
  );

test.each([
  ['article.keras', 'article', 'Keras 3 archive'],
  ['article.h5', 'article', 'Keras HDF5 file'],
  ['branching.keras', 'branching', 'Keras 3 archive'],
  ['branching.h5', 'branching', 'Keras HDF5 file'],
  ['transfer.keras', 'transfer', 'Keras 3 archive'],
  ['transfer.h5', 'transfer', 'Keras HDF5 file'],
  ['stacked.keras', 'stacked', 'Keras 3 archive'],
  ['stacked.h5', 'stacked', 'Keras HDF5 file'],
  ['half.keras', 'half', 'Keras 3 archive'],
  ['half.h5', 'half', 'Keras HDF5 file'],
  ['keras-2.h5', 'keras-2', 'Keras HDF5 file'],
  ['converted_keras', 'converted_keras', 'Teachable Machine export'],
  ['tfjs-of-keras-3', 'tfjs-of-keras-3', 'TensorFlow.js layers model'],
  ['tfjs-of-keras-3/model.json', 'tfjs-of-keras-3', 'TensorFlow.js layers model'],
])('%s: layers and weights are those that Keras lists', async (name, key, format) => {
  const expected = listed[key] as Listed;
  await withNetwork(name, async (file) => {
    expect(file.format).toBe(format);
    expect(file.definition.inputs.map(({ layer }) => find(file, layer).config.batch_shape)).toEqual(expected.inputs);
    const byAddress = (layers: Listed['layers']) => new Map(layers.map((layer) => [layer.address, layer]));
    expect(byAddress(await listLayers(file))).toEqual(byAddress(expected.layers));
  });
});

test.each(['weights-alone.weights.h5', 'old-weights-alone.h5'])('%s needs the architecture', async (name) => {
  await expect(openNetworkFile(at(name))).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/weights alone: the network .* is missing$/),
    hint: expect.stringContaining('model.to_json()'),
  });
  const options = { architecture: at('weights-alone.json') };
  expect(await withNetwork(name, listLayers, options)).toEqual(listed['weights-alone']?.layers);
});

test('operations, shared layers and several outputs of a functional network', async () => {
  for (const name of ['branching.keras', 'branching.h5']) {
    await withNetwork(name, (file) => {
      expect(find(file, 'subtract')).toMatchObject({ kind: 'Subtract', isOperation: true });
      expect(find(file, 'true_divide').calls[0]).toMatchObject({ arguments: [{ input: 0 }, 127.5] });
      expect(find(file, 'sum')).toMatchObject({ kind: 'Add', isOperation: false });
      expect(sources(file, 'shared')).toEqual([['stem_bn'], ['leaky']]);
      expect(sources(file, 'sum')).toEqual([['shared', 'shared#1']]);
      expect(find(file, 'sum').calls[0]?.arguments).toEqual([[{ input: 0 }, { input: 1 }]]);
      const slice = (start: number | null, step: number | null = null) => ({
        class_name: '__slice__',
        config: { start, stop: null, step },
      });
      const slices = [slice(null), slice(1), slice(null, 2), slice(null)];
      expect(find(file, 'get_item').calls[0]?.arguments).toEqual([{ input: 0 }, slices]);
      expect(file.definition.outputs.map(({ layer }) => layer)).toEqual(['classes', 'size']);
      expect(find(file, 'shared').config.activation).toBe('hard_sigmoid');
    });
  }
});

test('an inner network is taken apart, its inputs and outputs connected', async () => {
  for (const name of ['transfer.keras', 'transfer.h5', 'tfjs-of-keras-3']) {
    await withNetwork(name, (file) => {
      expect(sources(file, 'base_1.00_8/conv')).toEqual([['rescaling']]);
      expect(sources(file, 'base_1.00_8/add')).toEqual([['base_1.00_8/bn', 'base_1.00_8/relu']]);
      expect(sources(file, 'pool')).toEqual([['base_1.00_8/add']]);
      expect(find(file, 'base_1.00_8/conv').config).toMatchObject({ filters: 4, dtype: 'float32' });
      expect(find(file, 'dropout').calls[0]?.keywords).toEqual({});
    });
  }
});

test('an inner network that is called twice shares its layers', async () => {
  await withNetwork('stacked.keras', (file) => {
    expect(sources(file, 'pair/base/conv')).toEqual([['normalization'], ['pair/unit']]);
    expect(sources(file, 'pair/base/add')).toEqual([
      ['pair/base/bn', 'pair/base/relu'],
      ['pair/base/bn#1', 'pair/base/relu#1'],
    ]);
    expect(sources(file, 'pair/both')).toEqual([['pair/base/add', 'pair/base/add#1']]);
  });
});

test('Keras 2: names, keys and the count of calls are those of Keras 3 afterwards', async () => {
  await withNetwork('keras-2.h5', (file) => {
    expect(sources(file, 'depthwise')).toEqual([['base_1.00_8/add']]);
    expect(find(file, 'depthwise').config).not.toHaveProperty('groups');
    expect(find(file, 'depthwise').config.activation).toBe('keras_2_hard_sigmoid');
    expect(find(file, 'leaky').config).toMatchObject({ negative_slope: expect.closeTo(0.2) });
    expect(find(file, 'base_1.00_8/bn').config.axis).toBe(3);
  });
});

test('what a file says besides: class names, pixels, scores', async () => {
  await withNetwork('converted_keras', ({ origin }) => {
    expect(origin.classNames).toEqual({ value: ['Cats', 'My dogs'], source: 'labels.txt beside it' });
    expect(origin.convention?.value).toBe('signed');
    expect(origin.fit?.value).toBe('crop');
  });
  for (const name of ['transfer.keras', 'transfer.h5']) {
    await withNetwork(name, ({ origin }) => {
      expect(origin.convention).toEqual({ value: 'raw', source: 'its layer rescaling, which scales the pixels' });
      expect(origin.scores).toEqual({ value: 'sigmoid', source: 'its loss BinaryCrossentropy(from_logits=True)' });
    });
  }
  await withNetwork('article.keras', ({ origin }) => expect(origin).toEqual({}));
});
