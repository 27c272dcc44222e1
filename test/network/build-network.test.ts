import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { writeNewFolder } from '../../src/disk/files.js';
import type { NetworkDefinition } from '../../src/formats/network-definition.js';
import { openNetworkFile } from '../../src/formats/open/open-network-file.js';
import { buildNetwork } from '../../src/network/build-network.js';
import { encodeModel, loadModel } from '../../src/network/store.js';
import { layersEngine } from '../helpers/engines.js';
import { relativeDifference } from '../helpers/gradients.js';
import { type LayerFixture, readLayerFixtures } from '../helpers/layer-fixtures.js';

beforeAll(async () => {
  await selectBackend('wasm');
});

const run = async (model: tf.LayersModel, { images, calls }: LayerFixture) => {
  const names = calls.map(({ name }) => name);
  return await layersEngine(model).run(images, 2, names);
};

describe('buildNetwork', () => {
  it.each(readLayerFixtures())('gives what Keras gives in every layer of $name', async (fixture) => {
    const model = await buildNetwork(fixture.definition, fixture.readWeights);
    const outputs = await run(model, fixture);
    const differences = fixture.calls.map(({ name, kind, output }, index) => [
      `${name} (${kind})`,
      relativeDifference(outputs[index]?.values as Float32Array, output),
    ]);
    expect(differences.filter(([, difference]) => !((difference as number) < 1e-5))).toEqual([]);
  });

  it.each(readLayerFixtures())(
    'saves $name so that it loads again, as it is and by its definition',
    async (fixture) => {
      const model = await buildNetwork(fixture.definition, fixture.readWeights);
      const outputs = await run(model, fixture);
      const folder = await mkdtemp(join(tmpdir(), 'cnnviz-layers-'));
      try {
        await writeNewFolder(join(folder, 'saved'), encodeModel(model));
        const path = join(folder, 'saved/model.json');
        const file = await openNetworkFile(path);
        for (const again of [await loadModel(path), await buildNetwork(file.definition, file.readWeights)]) {
          const values = (await run(again, fixture)).map((output) => output.values);
          expect(values).toEqual(outputs.map((output) => output.values));
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});

describe('a network that cannot be built is refused by the layer', () => {
  const image = { layer: 'image', call: 0, output: 0 };
  const define = (kind: string, config: object, isOperation = false): NetworkDefinition => ({
    name: 'net',
    layers: [
      ...[
        {
          address: 'image',
          kind: 'InputLayer',
          isOperation: false,
          config: { batch_shape: [null, 5, 5, 2] },
          calls: [],
        },
      ],
      {
        ...{ address: 'base/odd', kind, isOperation, config: { ...config } },
        calls: [{ inputs: [image], arguments: [{ input: 0 }], keywords: {} }],
      },
    ],
    inputs: [image],
    outputs: [{ layer: 'base/odd', call: 0, output: 0 }],
  });
  const dense = { units: 3, activation: 'relu', use_bias: true };
  const array = (name: string, ...shape: number[]) => ({
    ...{ name, shape },
    values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  const whole = [array('kernel', 2, 3), array('bias', 3)];

  it.each<[string, NetworkDefinition, ReturnType<typeof array>[], RegExp]>([
    ['of an unknown kind', define('MultiHeadAttention', {}), [], /base\/odd: layers of kind MultiHeadAttention/],
    ['with code', define('Lambda', {}), [], /base\/odd: layers of kind Lambda/],
    [
      'of an unknown activation',
      define('Dense', { ...dense, activation: 'glu' }),
      whole,
      /base\/odd: the activation "glu"/,
    ],
    ['with a setting that nobody knows', define('Dense', { ...dense, rank: 2 }), whole, /Dense with rank 2/],
    ['by an unknown interpolation', define('UpSampling2D', { size: [2, 2], interpolation: 'area' }), [], /"area"/],
    ['without a weight', define('Dense', dense), whole.slice(0, 1), /"bias" is missing \(found kernel\)/],
    ['with one weight more', define('Dense', dense), [...whole, array('gamma', 3)], /has a weight "gamma"/],
    ['with a weight of another shape', define('Dense', dense), [array('kernel', 3, 2)], /"kernel" to be \[2,3\]/],
    ['with far more weights than it has', define('Dense', { ...dense, units: 2 ** 30 }), whole, /"kernel" to be/],
    ['over the images of a batch', define('Mean', { axis: 0 }, true), [], /over the images of a batch/],
    [
      'with a setting that tfjs refuses',
      define('MaxPooling2D', { pool_size: [2, 2], strides: ['x', 'x'], padding: 'valid' }),
      [],
      /base\/odd: MaxPooling2D cannot be built \(.*strides/,
    ],
    [
      'larger than its input',
      define('MaxPooling2D', { pool_size: [9, 9], strides: [1, 1], padding: 'valid' }),
      [],
      /base\/odd/,
    ],
  ])('%s', async (_, definition, weights, message) => {
    const before = tf.memory().numTensors;
    const built = buildNetwork(definition, async () => weights);
    await expect(built).rejects.toMatchObject({ code: 'BAD_MODEL', message: expect.stringMatching(message) });
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('builds a network of open size for the size at hand, and names missing layers', async () => {
  const image = { layer: 'image', call: 0, output: 0 };
  const layers = [
    {
      address: 'image',
      kind: 'InputLayer',
      isOperation: false,
      config: { batch_shape: [null, null, null, 3] },
      calls: [],
    },
    {
      ...{ address: 'flat', kind: 'Flatten', isOperation: false, config: {} },
      calls: [{ inputs: [image], arguments: [{ input: 0 }], keywords: {} }],
    },
  ];
  const definition = { name: 'net', layers, inputs: [image], outputs: [{ ...image, layer: 'flat' }] };
  const model = await buildNetwork(definition, async () => [], { height: 4, width: 5 });
  expect(model.outputs[0]?.shape).toEqual([null, 60]);
  const alone = { ...definition, layers: layers.slice(1) };
  await expect(buildNetwork(alone, async () => [])).rejects.toThrow(/flat: depends on itself or on a missing layer/);
});

it('takes layers of any name', async () => {
  const image = { layer: '_Bild 1', call: 0, output: 0 };
  const layers = [
    {
      ...{ address: '_Bild 1', kind: 'InputLayer', isOperation: false, config: { batch_shape: [null, 2] } },
      calls: [],
    },
    {
      ...{ address: 'Größe: 3', kind: 'Dense', isOperation: false, config: { units: 1, use_bias: false } },
      calls: [{ inputs: [image], arguments: [{ input: 0 }], keywords: {} }],
    },
  ];
  const definition = { name: 'net', layers, inputs: [image], outputs: [{ ...image, layer: 'Größe: 3' }] };
  const kernel = { name: 'kernel', shape: [2, 1], values: Float32Array.of(3, 4) };
  const engine = layersEngine(await buildNetwork(definition, async () => [kernel]));
  expect(await engine.run(Float32Array.of(1, 2), 1, ['Größe: 3'])).toEqual([
    { name: 'Größe: 3', shape: [1, 1], values: Float32Array.of(11) },
  ]);
});

it('adds numbers to maps of one value', async () => {
  const image = { layer: 'image', call: 0, output: 0 };
  const layers = [
    { address: 'image', kind: 'InputLayer', isOperation: false, config: { batch_shape: [null, 1, 1, 2] }, calls: [] },
    {
      ...{ address: 'add', kind: 'Add', isOperation: true, config: {} },
      calls: [{ inputs: [image], arguments: [{ input: 0 }, 3], keywords: {} }],
    },
  ];
  const definition = { name: 'net', layers, inputs: [image], outputs: [{ ...image, layer: 'add' }] };
  const model = await buildNetwork(definition, async () => []);
  expect(model.outputs[0]?.shape).toEqual([null, 1, 1, 2]);
});
