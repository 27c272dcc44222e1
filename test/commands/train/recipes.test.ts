import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { activations } from '../../../src/commands/activations/index.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { train } from '../../../src/commands/train/index.js';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../../src/commands/train/options.js';
import { RECIPES } from '../../../src/commands/train/recipes.js';
import { isAsRecorded } from '../../../src/commands/train/recorded-options.js';
import { resolveTrainOptions } from '../../../src/commands/train/settings.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { loadModel } from '../../../src/network/store.js';
import { findModel } from '../../../src/runs/find-model.js';
import { readRun } from '../../../src/runs/run.js';
import { nativeTest } from '../../helpers/native.js';
import { SMALL, trainWithEvents } from './training-fixture.js';

let folder: string;
let first: string;

beforeAll(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-recipes-')));
  await sampleData({ dir: join(folder, 'pets'), classes: 2, imageSize: 32, train: 7, validation: 3, test: 0 });
  await sampleData({ dir: join(folder, 'three'), classes: 3, imageSize: 32, train: 3, validation: 2, test: 0 });
  const options = { ...SMALL, data: join(folder, 'pets'), out: join(folder, 'first') };
  await fs.writeFile(join(folder, 'other.json'), '{}');
  first = (await train({ ...options, recipe: 'best', warmupEpochs: 1, stepsPerEpoch: 3, seed: 5 })).path;
});

afterAll(() => fs.rm(folder, { recursive: true }));

beforeEach(() => {
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  return () => vi.restoreAllMocks();
});

async function weightsOf(path: string): Promise<Buffer> {
  const { weights } = await readRun(path);
  return fs.readFile(join(path, weights.last.folder, 'weights.bin'));
}

describe('a recipe', () => {
  test("article is the book's first run, which is what training does without one, but keeps the last weights", () => {
    const { recipe: _, ...settings } = resolveTrainOptions({ data: 'x', recipe: 'article' });
    expect(settings).toEqual({
      ...resolveTrainOptions({ data: 'x' }),
      stepsPerEpoch: 100,
      validationSteps: 50,
      defaultWeights: 'last',
    });
    expect(settings).toMatchObject({ optimizer: 'rmsprop', learningRate: 1e-4, batchSize: 20, epochs: 30, dropout: 0 });
  });

  test("augmented is the book's second run", () => {
    expect(resolveTrainOptions({ data: 'x', recipe: 'augmented' })).toMatchObject({
      recipe: 'augmented',
      rotationRange: 40,
      widthShiftRange: 0.2,
      heightShiftRange: 0.2,
      shearRange: 0.2,
      zoomRange: 0.2,
      horizontalFlip: true,
      verticalFlip: false,
      fillMode: 'nearest',
      dropout: 0.5,
      batchSize: 32,
      stepsPerEpoch: 100,
      validationSteps: 50,
      epochs: 100,
      optimizer: 'rmsprop',
      learningRate: 1e-4,
      batchNormalization: false,
    });
  });

  test('best leaves the convolutions as they are', () => {
    const { filters, imageSize, ...settings } = resolveTrainOptions({ data: 'x', recipe: 'best' });
    expect([filters, imageSize]).toEqual([TRAIN_DEFAULTS.filters, 150]);
    expect(settings).toMatchObject({ ...RECIPES.best, scheduleEpochs: RECIPES.best.epochs });
  });

  test.each(Object.keys(RECIPES) as (keyof typeof RECIPES)[])('%s gives way to any option', (recipe) => {
    const given = { epochs: 7, optimizer: 'sgd', dropout: 0, horizontalFlip: false, batchSize: 5 } as const;
    expect(resolveTrainOptions({ data: 'x', recipe, ...given })).toMatchObject(given);
  });

  test('that does not exist is refused', () => {
    expect(() => resolveTrainOptions({ data: 'x', recipe: 'worst' as 'best' })).toThrow(
      /^recipe: expected one of article, augmented, best, received "worst"/,
    );
  });

  test('is recorded with every option in force', async () => {
    const { options, model } = await readRun(first);
    expect(options).toMatchObject({ ...RECIPES.best, ...SMALL, recipe: 'best', warmupEpochs: 1, epochs: 2 });
    expect(model.layers.map(({ kind }) => kind)).toContain('BatchNormalization');
  });
});

test('the weights for other commands are the best, or the last where the recipe says so; asking overrides it', async () => {
  const { path } = await train({
    ...SMALL,
    data: join(folder, 'pets'),
    recipe: 'article',
    stepsPerEpoch: 2,
    out: join(folder, 'article'),
  });
  const json = JSON.parse(await fs.readFile(join(path, 'run.json'), 'utf8'));
  json.weights.best = { ...json.weights.last, epoch: 1, monitor: 'val_loss', value: 0.1 };
  await fs.writeFile(join(path, 'run.json'), JSON.stringify(json));
  const kinds = [undefined, 'best', 'last'] as const;
  const found = await Promise.all(kinds.map(async (kind) => (await findModel(path, kind)).run?.kind));
  expect(found).toEqual(['last', 'best', 'last']);
  expect((await findModel(first)).run?.kind).toBe('best');
});

describe('with the run.json of another run', () => {
  test('the same is done again, to the last bit', async () => {
    for (const config of [first, join(first, 'run.json')]) {
      const { path, record } = await train({ config, out: join(folder, 'again'), overwrite: true });
      expect(await weightsOf(path)).toEqual(await weightsOf(first));
      const { out: _, ...options } = (await readRun(first)).options;
      // Of what may be chosen anew, the precision is what it became.
      expect(record.options).toEqual({ ...options, precision: 'float32', out: join(folder, 'again') });
    }
  });

  test('what is asked for is done otherwise, and what follows from it', async () => {
    const { record } = await train({
      config: first,
      epochs: 3,
      optimizer: 'sgd',
      backend: 'auto',
      out: join(folder, 'other'),
    });
    expect(record.options).toMatchObject({
      epochs: 3,
      scheduleEpochs: 3,
      optimizer: 'sgd',
      weightDecay: 0.005,
      seed: 5,
    });
    expect(record.backend.name).toBe('cpu');
  });

  test.each<[Partial<TrainOptions>, string, RegExp]>([
    [{ config: 'nowhere/run.json' }, 'NOT_FOUND', /^nowhere\/run\.json: no such/],
    [{ config: 'nowhere.json' }, 'NOT_FOUND', /^nowhere\.json: no such/],
    [{ config: 'other.json' }, 'BAD_ARGUMENT', /^config: expected a run folder, or the run\.json in it/],
    [{ config: '' }, 'BAD_ARGUMENT', /^config: /],
    [{ config: 'first@1' }, 'BAD_ARGUMENT', /^config: expected a whole run, .*first@1 is one of its epochs/],
    [{ config: 'nowhere@1' }, 'NOT_FOUND', /^nowhere@1: no such/],
    [{ config: 'first', recipe: 'best' }, 'BAD_ARGUMENT', /^recipe and config cannot be combined/],
  ])('%j is refused', async (options, code, message) => {
    const { config } = options;
    const own = config?.startsWith('first') ? { config: config.replace('first', first) } : {};
    const training = train({ ...options, ...own });
    await expect(training).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('from another run', () => {
  /** The weights that the first step begins with, by name: a learning rate of next to nothing leaves them. */
  async function startOf(options: Partial<TrainOptions>) {
    const { path, record, events } = await trainWithEvents({
      ...{ backend: 'cpu', batchSize: 4, epochs: 1, stepsPerEpoch: 1, optimizer: 'sgd', learningRate: 1e-30 },
      ...{ out: join(folder, 'started'), overwrite: true },
      ...options,
      from: options.from ?? first,
    });
    return { record, events, weights: await readWeights((await findModel(path)).modelPath) };
  }

  async function readWeights(modelPath: string) {
    const model = await loadModel(modelPath);
    const entries = model.weights.map((weight) => [weight.originalName, [...weight.read().dataSync()]] as const);
    model.dispose();
    return new Map(entries);
  }

  const isMoving = (name: string) => name.includes('moving_');

  test('training starts with exactly its weights, its network and its preprocessing', async () => {
    const { weights, record, events } = await startOf({ data: join(folder, 'pets') });
    const found = await findModel(first);
    const expected = await readWeights(found.modelPath);
    for (const [name, values] of expected) if (!isMoving(name)) expect(weights.get(name), name).toEqual(values);
    expect(record.options).toMatchObject({ from: first, imageSize: 12, filters: [3, 4], batchNormalization: true });
    expect(record.preprocessing.interpolation).toBe('bilinear');
    const { kind, weights: taken } = found.run ?? {};
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'model', path: first, weights: kind, epoch: taken?.epoch }),
    );
    expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
  });

  test('an epoch of one is recorded as such, and repeated', async () => {
    const record = await readRun(first);
    const { last } = record.weights;
    const earlier = { ...last, folder: 'epoch-0000', epoch: 0, step: 0 };
    await fs.cp(join(first, last.folder), join(first, earlier.folder), { recursive: true });
    await fs.rm(join(first, earlier.folder, 'checkpoint.json'));
    const bytes = await fs.readFile(join(first, earlier.folder, 'weights.bin'));
    const numbers = new Float32Array(new Uint8Array(bytes).buffer).map((value) => value / 2);
    await fs.writeFile(join(first, earlier.folder, 'weights.bin'), new Uint8Array(numbers.buffer));
    await fs.writeFile(join(first, 'run.json'), JSON.stringify({ ...record, kept: [earlier] }));
    const from = `${first}@0`;
    const started = await startOf({ data: join(folder, 'pets'), from });
    const expected = await readWeights((await findModel(from)).modelPath);
    for (const [name, values] of expected) if (!isMoving(name)) expect(started.weights.get(name), name).toEqual(values);
    expect(started.record.options.from).toBe(from);
    const config = join(folder, 'started');
    const repeated = await train({ config, out: join(folder, 'repeated') });
    expect(repeated.record.options.from).toBe(from);
    const again = await readWeights((await findModel(repeated.path)).modelPath);
    for (const [name, values] of expected) if (!isMoving(name)) expect(again.get(name), name).toEqual(values);
    await fs.symlink(first, join(folder, 'link'));
    expect(isAsRecorded('from', `${join(folder, 'link')}@0`, from)).toBe(true);
    for (const other of [first, `${first}@1`]) expect(isAsRecorded('from', other, from)).toBe(false);
  });

  test('another number of classes gets a last layer of its own, and that is said', async () => {
    const { weights, events } = await startOf({ data: join(folder, 'three') });
    const expected = await readWeights((await findModel(first)).modelPath);
    for (const [name, values] of expected) {
      if (!isMoving(name) && !name.startsWith('dense_2/')) expect(weights.get(name), name).toEqual(values);
    }
    expect(weights.get('dense_2/kernel')).toHaveLength(6 * 3);
    const message = 'class list changed from cats, dogs to cats, dogs, rabbits: dense_2 was reinitialized';
    expect(events).toContainEqual({ type: 'warning', message });
  });

  test('as many other classes start from its last layer, and that is said', async () => {
    await fs.cp(join(folder, 'pets'), join(folder, 'others'), { recursive: true });
    for (const split of ['train', 'validation']) {
      await fs.rename(join(folder, 'others', split, 'dogs'), join(folder, 'others', split, 'wolves'));
    }
    const { weights, events } = await startOf({ data: join(folder, 'others') });
    expect(weights.get('dense_2/kernel')).toEqual(
      (await readWeights((await findModel(first)).modelPath)).get('dense_2/kernel'),
    );
    const message = 'class list changed from cats, dogs to cats, wolves: dense_2 keeps its weights';
    expect(events).toContainEqual({ type: 'warning', message });
  });

  test('another network is refused, and so is a model that is no run', async () => {
    await expect(startOf({ data: join(folder, 'pets'), filters: [3, 5] })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message:
        'from: expected weights that fit the requested network, [3,3,3,5] for conv2d_2/kernel, received "[3,3,3,4]"',
    });
    const bare = join(first, (await readRun(first)).weights.last.folder);
    await expect(train({ data: join(folder, 'pets'), from: bare })).rejects.toMatchObject({ code: 'BAD_MODEL' });
  });

  test('a run that is stopped goes on without looking at the other again', async () => {
    const options: TrainOptions = { ...SMALL, data: join(folder, 'pets'), from: join(folder, 'copy') };
    await fs.cp(first, join(folder, 'copy'), { recursive: true });
    const unbroken = await train({ ...options, out: join(folder, 'unbroken') });
    const abort = new AbortController();
    const onEvent = ({ type }: WorkflowEvent) => {
      if (type === 'saved') abort.abort();
    };
    const { path } = await train({ ...options, out: join(folder, 'stopped'), signal: abort.signal, onEvent });
    await fs.rm(join(folder, 'copy'), { recursive: true });
    await train({ resume: path });
    expect(await weightsOf(path)).toEqual(await weightsOf(unbroken.path));
  });
});

test('the first eight layers of the best network are not those of the article, and that is said', async () => {
  const events: WorkflowEvent[] = [];
  const image = join(
    folder,
    'pets/validation/cats',
    (await fs.readdir(join(folder, 'pets/validation/cats')))[0] as string,
  );
  const onEvent = (event: WorkflowEvent) => events.push(event);
  await activations({ images: [image], model: first, layers: 4, backend: 'cpu', out: join(folder, 'seen'), onEvent });
  expect(events).toContainEqual({
    type: 'warning',
    message:
      "the first 4 layers are not just convolutions and pooling, as in the article's network; to get those, use " +
      '--layers conv2d_1,max_pooling2d_1,conv2d_2,max_pooling2d_2',
  });
});

nativeTest('the recipe for the best network trains in the graph, augmented', async () => {
  const { record } = await train({
    ...{ data: join(folder, 'pets'), recipe: 'best', backend: 'native', imageSize: 24, filters: [3, 4], dense: 6 },
    ...{ epochs: 1, warmupEpochs: 0, out: join(folder, 'native') },
  });
  expect(record.engine).toBe('graph');
});
