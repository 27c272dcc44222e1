import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { writeNewFolder } from '../../src/disk/files.js';
import { buildModel } from '../../src/network/build.js';
import { describeModel } from '../../src/network/describe.js';
import { encodeModel, loadModel } from '../../src/network/store.js';

let folder: string;
let model: tf.LayersModel;

beforeAll(async () => {
  await selectBackend('cpu');
});

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-store-'));
  model = buildModel({ imageSize: 12, filters: [4, 4], dense: 8, dropout: 0.5, classCount: 3 }, 1);
});

afterEach(async () => {
  vi.restoreAllMocks();
  if (!model.getWeights()[0]?.isDisposed) model.dispose();
  expect(tf.memory().numTensors).toBe(0);
  await fs.rm(folder, { recursive: true });
});

const weightsOf = (of: tf.LayersModel) => of.getWeights().map((weight) => [...weight.dataSync()]);

async function save(): Promise<string> {
  await writeNewFolder(join(folder, 'saved'), encodeModel(model));
  return join(folder, 'saved/model.json');
}

async function rewrite(path: string, change: (json: Record<string, unknown>) => void): Promise<void> {
  const json = JSON.parse(await fs.readFile(path, 'utf8')) as Record<string, unknown>;
  change(json);
  await fs.writeFile(path, JSON.stringify(json));
}

test('a loaded model is the saved one', async () => {
  const loaded = await loadModel(await save());
  expect(describeModel(loaded)).toEqual(describeModel(model));
  expect(weightsOf(loaded)).toEqual(weightsOf(model));
  expect(loaded.toJSON()).toEqual(model.toJSON());
  loaded.dispose();
});

test("the files are a tfjs layers model that tfjs's own loader takes", async () => {
  const path = await save();
  const { modelTopology, weightsManifest } = JSON.parse(await fs.readFile(path, 'utf8'));
  const bytes = await fs.readFile(join(folder, 'saved/weights.bin'));
  expect(weightsManifest[0].weights[0]).toEqual({ name: 'conv2d_1/kernel', shape: [3, 3, 3, 4], dtype: 'float32' });
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: new Uint8Array(bytes).buffer,
    }),
  );
  expect(weightsOf(loaded)).toEqual(weightsOf(model));
  loaded.dispose();
});

test('weights in several shards are put together', async () => {
  const path = await save();
  const bytes = await fs.readFile(join(folder, 'saved/weights.bin'));
  await fs.writeFile(join(folder, 'saved/1.bin'), bytes.subarray(0, 101));
  await fs.writeFile(join(folder, 'saved/2.bin'), bytes.subarray(101));
  await rewrite(path, (json) => {
    (json.weightsManifest as { paths: string[] }[])[0] = {
      ...(json.weightsManifest as { paths: string[] }[])[0],
      paths: ['1.bin', '2.bin'],
    };
  });
  const loaded = await loadModel(path);
  expect(weightsOf(loaded)).toEqual(weightsOf(model));
  loaded.dispose();
});

test('no first weights are drawn for a model whose weights are loaded', async () => {
  const path = await save();
  const varianceScaling = Object.getPrototypeOf(Object.getPrototypeOf(tf.initializers.glorotUniform({})));
  const draw = vi.spyOn(varianceScaling as { apply(): tf.Tensor }, 'apply');
  buildModel({ imageSize: 12, filters: [4], dense: 8, dropout: 0, classCount: 2 }, 1).dispose();
  expect(draw).toHaveBeenCalledTimes(3); // Conv2D and two Dense: the spy sees them
  draw.mockClear();
  const loaded = await loadModel(path);
  expect(weightsOf(loaded)).toEqual(weightsOf(model));
  loaded.dispose();
  expect(draw).not.toHaveBeenCalled();
});

test.each<[string, (path: string) => Promise<unknown>, string, RegExp]>([
  ['is missing', (path) => fs.rm(path), 'NOT_FOUND', /no such file/],
  ['is cut short', (path) => fs.truncate(path, 100), 'BAD_MODEL', /not valid JSON/],
  ['is another JSON file', (path) => fs.writeFile(path, '{"name":"x"}'), 'BAD_MODEL', /found no modelTopology/],
  ['is no object', (path) => fs.writeFile(path, '3'), 'BAD_MODEL', /found no modelTopology/],
  [
    'is a graph model',
    (path) => rewrite(path, (json) => Object.assign(json, { format: 'graph-model' })),
    'BAD_MODEL',
    /graph model/,
  ],
  ['lost its weights', (path) => fs.rm(join(path, '../weights.bin')), 'BAD_MODEL', /weights.bin is missing/],
  [
    'has half its weights',
    (path) => fs.truncate(join(path, '../weights.bin'), 100),
    'BAD_MODEL',
    /expected \d+ bytes of weights, found 100/,
  ],
  [
    'names an unknown layer',
    (path) =>
      rewrite(path, (json) => {
        json.modelTopology = JSON.parse(JSON.stringify(json.modelTopology).replace('"Flatten"', '"Mystery"'));
      }),
    'BAD_MODEL',
    /cannot build it \(.*Mystery/,
  ],
  [
    'has a configuration that tfjs quotes at length',
    (path) =>
      rewrite(path, (json) => {
        json.modelTopology = JSON.parse(
          JSON.stringify(json.modelTopology).replace('"Flatten"', JSON.stringify('x'.repeat(9000))),
        );
      }),
    'BAD_MODEL',
    /^.{100,500}$/,
  ],
])('a model that %s is refused', async (_, damage, code, message) => {
  const path = await save();
  await damage(path);
  await expect(loadModel(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  tf.disposeVariables(); // tfjs keeps those of the layers before the one it cannot build
});

test('the files hold what tfjs itself saves', async () => {
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    const { weightSpecs, weightData, ...topology } = artifacts;
    const files = encodeModel(model);
    expect(JSON.parse(files['model.json'] as string)).toEqual({
      ...topology,
      weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
    });
    const bytes = Buffer.concat(files['weights.bin'] as Uint8Array[]);
    expect(bytes.equals(new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)))).toBe(true);
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  expect.assertions(2);
});

test('weights that were read already are saved instead of the model’s', async () => {
  const given = model.weights.map(({ originalName, shape }) => {
    const size = shape.reduce<number>((product, length) => product * (length ?? 1), 1);
    return { name: originalName, shape: shape as number[], values: new Float32Array(size).fill(0.5) };
  });
  await writeNewFolder(join(folder, 'given'), encodeModel(model, given));
  const loaded = await loadModel(join(folder, 'given/model.json'));
  expect(
    weightsOf(loaded)
      .flat()
      .every((value) => value === 0.5),
  ).toBe(true);
  loaded.dispose();
});
