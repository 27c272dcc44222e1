import fs from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { predict } from '../../../src/commands/predict/index.js';
import { loadNetwork } from '../../../src/commands/shared/load-network.js';
import { readFilm } from '../../../src/commands/timelapse/read-film.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { resolveTrainOptions } from '../../../src/commands/train/settings.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';
import { readRun } from '../../../src/runs/run.js';
import { bfloat16Test } from '../../helpers/bfloat16.js';
import { nativeTest } from '../../helpers/native.js';
import { readSavedWeights } from './base-fixture.js';
import { readOutcome, trainUntil } from './resume-fixture.js';
import { trainWithEvents, usePlace } from './training-fixture.js';

vi.mock('../../../src/formats/keras/open-in-thread.js', async (original) => {
  const { openOnce } = await import('../../helpers/open-once.js');
  return openOnce(await original());
});

const place = usePlace({ train: 9, validation: 3 });

const networks = join(import.meta.dirname, '../../fixtures/networks');
/** Its rescaling layer takes 0..255; a convolution, batch normalization and an addition, on images of 8 x 8. */
const base = join(networks, 'transfer.keras');

function onBase(change: Partial<TrainOptions> = {}): TrainOptions {
  return { data: place.pets, base, backend: 'cpu', epochs: 2, batchSize: 4, ...change };
}

/** The weights of the base in its file, by address and role. */
async function readBaseWeights(): Promise<Map<string, Float32Array>> {
  const file = await openNetworkFile(base);
  const arrays = new Map<string, Float32Array>();
  for (const { address } of file.definition.layers) {
    for (const { name, values } of await file.readWeights(address)) arrays.set(`${address}/${name}`, values);
  }
  await file.close();
  return arrays;
}

/** The names of a run's weights that are not bit for bit those of its base. */
async function listChanged(path: string): Promise<string[]> {
  const { weights } = await readRun(path);
  const before = await readBaseWeights();
  const saved = await readSavedWeights(join(path, weights.last.folder));
  const isSame = (values: Uint8Array, own: Float32Array = new Float32Array()) =>
    Buffer.from(own.buffer as ArrayBuffer).equals(values);
  return [...saved].filter(([name, values]) => !isSame(values, before.get(name))).map(([name]) => name);
}

describe('a head on a frozen base', () => {
  test('takes size and preprocessing of the base into the run, and leaves its weights as they are', async () => {
    const { path, record, typed } = await trainWithEvents(onBase());
    expect(record.preprocessing).toEqual({
      ...{ height: 8, width: 8, rescale: 1, interpolation: 'nearest', autoOrient: false },
    });
    expect(record.options).toMatchObject({ base, cut: 'base_1.00_8/add', imageSize: 8, learningRate: 1e-3 });
    expect(record.model.layers.slice(-3).map(({ kind }) => kind)).toEqual([
      'GlobalAveragePooling2D',
      'Dropout',
      'Dense',
    ]);
    expect(record.model.trainableParameterCount).toBe(5);
    expect(await listChanged(path)).toEqual(['dense_1/kernel', 'dense_1/bias']);
    expect(typed('features')).toMatchObject([{ imageCount: 24, width: 4, bytes: 24 * 4 * 4 }]);
    expect(record.history.loss).toHaveLength(2);
  });

  test('predicts what the head makes of the averages of the base’s last maps', async () => {
    const { path } = await train(onBase({ epochs: 1, out: 'run' }));
    const image = join(place.pets, 'validation/dogs', (await fs.readdir(join(place.pets, 'validation/dogs')))[0] ?? '');
    const own = await loadNetwork({ model: base, backend: 'cpu' });
    const [maps] = await own.network.run(await own.readInput(image), 1, ['base_1.00_8/add']);
    own.dispose();
    const { values = new Float32Array(), shape = [] } = maps ?? {};
    const channels = shape.at(-1) as number;
    const means = new Float64Array(channels);
    values.forEach((value, at) => {
      means[at % channels] = (means[at % channels] as number) + value / (values.length / channels);
    });
    const { weights } = await readRun(path);
    const saved = await readSavedWeights(join(path, weights.last.folder));
    const numbers = (name: string) => new Float32Array((saved.get(name) as Uint8Array).slice().buffer);
    const kernel = numbers('dense_1/kernel');
    const score = means.reduce(
      (sum, mean, at) => sum + mean * (kernel[at] as number),
      numbers('dense_1/bias')[0] as number,
    );
    const result = await predict({ images: [image], model: path, backend: 'cpu', weights: 'last' });
    const { className, probability } = result.predictions[0] as (typeof result.predictions)[0];
    const dog = 1 / (1 + Math.exp(-score));
    expect(className === 'dogs' ? probability : 1 - probability).toBeCloseTo(dog, 5);
  });

  test('has a film of the base and its head, with evidence, and a page of it where it is watched', async () => {
    const probe = [join(place.pets, 'train/dogs/dog.1.png')];
    const { path, page } = await train(onBase({ out: 'run', probe, live: true }));
    const film = await readFilm(path);
    const { images } = await film.readFrame(2);
    expect(images[0]?.layers.map(({ name }) => name)).toContain('base_1.00_8/add');
    expect(images[0]?.evidence).toMatchObject({
      layer: 'base_1.00_8/add',
      maps: [{ classIndex: 0 }, { classIndex: 1 }],
    });
    expect(images[0]?.outputs).not.toEqual((await film.readFrame(1)).images[0]?.outputs);
    expect(await fs.readFile(page as string, 'utf8')).toContain('data-epoch="2"');
  });

  test('goes on from --cut, by the end of its address', async () => {
    const { record } = await train(onBase({ epochs: 1, cut: 'conv', dropout: 0 }));
    expect(record.options.cut).toBe('base_1.00_8/conv');
    expect(record.model.layers.slice(-3).map(({ kind }) => kind)).toEqual([
      'Conv2D',
      'GlobalAveragePooling2D',
      'Dense',
    ]);
  });

  test('is a base in its turn', async () => {
    const { path } = await train(onBase({ epochs: 1, out: 'first' }));
    const { record } = await train(onBase({ epochs: 1, base: path, out: 'second' }));
    expect(record.preprocessing.rescale).toBe(1);
    expect(record.model.parameterCount).toBe(133);
    await expect(train({ data: place.pets, from: path })).rejects.toThrow(/was trained on a base/);
  });

  test('works with several classes, and on WebAssembly', async () => {
    const data = join(place.folder, 'three');
    await fs.cp(place.pets, data, { recursive: true });
    for (const split of ['train', 'validation']) {
      await fs.cp(join(data, split, 'dogs'), join(data, split, 'wolves'), { recursive: true });
    }
    const { record } = await train(onBase({ data, epochs: 1, backend: 'wasm', check: false }));
    expect(record.model.layers.at(-1)?.outputShape).toEqual([null, 3]);
    expect(record.backend.name).toBe('wasm');
  });
});

describe('training through the base', () => {
  const through: Partial<TrainOptions> = { trainable: 'last:4', horizontalFlip: true };

  test('changes its last layers but no batch normalization, at a tenth of the rate', async () => {
    const { path, record, typed } = await trainWithEvents(onBase(through));
    const changed = await listChanged(path);
    expect(changed.filter((name) => !name.startsWith('dense_1'))).not.toEqual([]);
    expect(changed.filter((name) => /bn|normalization/.test(name))).toEqual([]);
    expect(record.options.learningRate).toBe(1e-4);
    expect(typed('note').map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the last 4 layers of the base, without its batch normalization'),
    );
    expect(typed('features')).toEqual([]);
  });

  test('with augmentation alone changes nothing but the head', async () => {
    const { path } = await train(onBase({ horizontalFlip: true }));
    expect(await listChanged(path)).toEqual(['dense_1/kernel', 'dense_1/bias']);
  });

  nativeTest('comes to the same in a graph and by tfjs', async () => {
    const paths = [];
    for (const backend of ['native', 'cpu'] as const) {
      const options = onBase({ trainable: 'all', dropout: 0, backend, out: backend, check: false });
      paths.push((await train(options)).record.history.loss ?? []);
    }
    const [graph = [], layers = []] = paths;
    graph.forEach((loss, epoch) => {
      expect(loss).toBeCloseTo(layers[epoch] as number, 4);
    });
  });
});

bfloat16Test.each<[string, Partial<TrainOptions>]>([
  ['on features', {}],
  ['through the base', { trainable: 'all', dropout: 0 }],
])('a training %s is in bfloat16 on request', async (_, change) => {
  const losses = [];
  for (const precision of ['bfloat16', 'float32'] as const) {
    const { record } = await train(onBase({ ...change, backend: 'native', precision, out: precision, check: false }));
    expect(record.precision).toBe(precision);
    losses.push(record.history.loss ?? []);
  }
  const [low = [], full = []] = losses;
  expect(low).not.toEqual(full);
  low.forEach((loss, epoch) => {
    expect(loss).toBeCloseTo(full[epoch] as number, 1);
  });
});

const MOMENTS: [WorkflowEvent['type'], number][] = [
  ['step', 3],
  ['saved', 1],
  ['evaluation-step', 3],
];

test.each<[string, Partial<TrainOptions>]>([
  ['on features', {}],
  ['through the base', { trainable: 'last:4', horizontalFlip: true, rotationRange: 20, optimizer: 'adam' }],
])('a run %s resumes exactly', async (_, change) => {
  await fs.writeFile(join(place.pets, 'train/cats/zz-bad.jpg'), 'not an image');
  const options = onBase({ epochs: 3, dropout: 0.4, ...change });
  const unbroken = await readOutcome((await train({ ...options, out: 'unbroken' })).path);
  for (const [index, [type, count]] of MOMENTS.entries()) {
    const path = await trainUntil(type, count, { ...options, out: `stopped-${index}` });
    await train({ resume: path });
    expect(await readOutcome(path), `stopped at ${type} ${count}`).toEqual(unbroken);
  }
  await fs.rm(join(place.pets, 'train/cats/zz-bad.jpg'));
});

test.each<[string, Partial<TrainOptions>, RegExp]>([
  ['an architecture', { filters: [4] }, /filters and base cannot be combined: the base has its own layers/],
  ['a recipe with one', { recipe: 'best' }, /cannot be combined \(recipe: best\): the base has its own layers/],
  ['another size', { imageSize: 64 }, /imageSize: expected 8 x 8, which is what the base takes, received 64/],
  ['an unknown layer', { cut: 'ad' }, /cut: the base has no layer "ad" with maps/],
  ['too few layers to train', { trainable: 'last:3' }, /trainable: expected more layers of the base/],
  ['half of it', { trainable: 'half' as 'all' }, /trainable: expected none, all or last:N/],
  ['what is not there', { base: 'nowhere' }, /nowhere/],
])('%s is refused', async (_, change, message) => {
  await expect(train(onBase(change))).rejects.toThrow(message);
});

test('a run to start from is refused together with a base', () => {
  expect(() => resolveTrainOptions({ data: 'x', base: 'a', from: 'b' })).toThrow('from and base cannot be combined');
});

test('an unknown layer gets a near name and good places', async () => {
  const error = await train(onBase({ cut: 'ad' })).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'NOT_FOUND',
    hint: expect.stringMatching(/^Did you mean add\? Good places are: .*add/),
  });
});

test.each(['trainable', 'cut', 'preprocess', 'fit'] as const)('--%s needs a base', async (name) => {
  const values = { trainable: 'all', cut: 'conv', preprocess: 'raw', fit: 'crop' } as const;
  await expect(train({ data: place.pets, [name]: values[name] })).rejects.toThrow(
    new RegExp(`${name}: expected --base together with it`),
  );
});

test('a base is recorded by a path that holds anywhere, without the layers that it replaces, and resumes as it was given', async () => {
  const given = relative(process.cwd(), base);
  const { path, record } = await train(onBase({ base: given, epochs: 1 }));
  expect(record.options.base).toBe(base);
  expect(record.options).not.toHaveProperty('filters');
  expect(record.options).not.toHaveProperty('dense');
  const again = await train({ resume: path, base: given, cut: 'add', epochs: 2 });
  expect(again.record.status).toBe('finished');
  await expect(train({ resume: path, base: 'other.keras', epochs: 3 })).rejects.toThrow(
    /base: expected .*transfer\.keras/,
  );
});
