import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { loadModel } from '../../../src/network/store.js';
import { findModel } from '../../../src/runs/find-model.js';
import { HISTORY_FILES } from '../../../src/runs/history-files.js';
import { readRun } from '../../../src/runs/run.js';
import { decodePng } from '../../helpers/decode-png.js';
import { nativeTest } from '../../helpers/native.js';
import { SMALL, trainWithEvents, usePlace } from './training-fixture.js';

const place = usePlace({ train: 13, validation: 5 });

const small = (change: Partial<TrainOptions> = {}): TrainOptions => ({ data: place.pets, ...SMALL, ...change });
const trainSmall = (change: Partial<TrainOptions> = {}) => trainWithEvents(small(change));

async function weightsOf(options: Partial<TrainOptions>): Promise<Buffer> {
  const { path, record } = await train(small(options));
  return fs.readFile(join(path, record.weights.last.folder, 'weights.bin'));
}

nativeTest('on native the same seed gives the same bytes', async () => {
  const options: Partial<TrainOptions> = {
    backend: 'native',
    dropout: 0.5,
    imageSize: 32,
    filters: [8, 16],
    dense: 64,
  };
  expect(await weightsOf(options)).toEqual(await weightsOf(options));
});

test('a run holds its history, its options and its weights, and latest leads to it', async () => {
  const { path, interrupted, record } = await trainSmall();
  expect(interrupted).toBe(false);
  expect(path).toMatch(/runs.\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
  expect(await fs.readFile(join(place.folder, 'runs/latest'), 'utf8')).toBe(`${basename(path)}\n`);
  expect((await findModel('runs/latest')).run?.record).toEqual(record);
  expect(record).toMatchObject({
    status: 'finished',
    classNames: ['cats', 'dogs'],
    preprocessing: { height: 12, width: 12, interpolation: 'nearest', autoOrient: false, rescale: 1 / 255 },
    options: { data: place.pets, epochs: 2, learningRate: 1e-4, optimizer: 'rmsprop', filters: [3, 4], dropout: 0 },
    counts: { train: 26, validation: 10 },
    weights: { last: { epoch: 2, step: 14 }, best: { monitor: 'val_loss' } },
    badFiles: [],
    engine: 'layers',
    backend: { name: 'cpu' },
  });
  const { loss, acc, val_loss, val_acc } = record.history;
  expect([loss, acc, val_loss, val_acc].map((values) => values?.length)).toEqual([2, 2, 2, 2]);
  expect(record.weights.best?.value).toBe(Math.min(...(val_loss ?? [])));
});

test('events report the data, every step and every epoch', async () => {
  const { events, typed, record, path } = await trainSmall();
  expect(events.slice(0, 9).map(({ type }) => type)).toEqual([
    'stage',
    'dataset',
    'dataset',
    'stage',
    'stage',
    'backend',
    'model',
    'stage',
    'epoch-started',
  ]);
  expect(typed('dataset').map(({ split, imageCount }) => [split, imageCount])).toEqual([
    ['train', 26],
    ['validation', 10],
  ]);
  const steps = typed('step');
  expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual(
    [1, 2].flatMap((epoch) => [1, 2, 3, 4, 5, 6, 7].map((step) => [epoch, step])),
  );
  expect(steps.at(-1)).toMatchObject({ steps: 7, remainingMs: 0, loss: record.history.loss?.[1] });
  expect(typed('evaluation-step')).toHaveLength(2 * 3);
  expect(typed('epoch-ended').map((event) => [event.loss, event.validationAccuracy])).toEqual([
    [record.history.loss?.[0], record.history.val_acc?.[0]],
    [record.history.loss?.[1], record.history.val_acc?.[1]],
  ]);
  expect(typed('saved')).toEqual([
    { type: 'saved', path, epoch: 1, interrupted: false },
    { type: 'saved', path, epoch: 2, interrupted: false },
  ]);
});

test('the saved weights are loaded and no tensor is left behind', async () => {
  const before = tf.memory().numTensors;
  const { path } = await trainSmall({ dropout: 0.5 });
  expect(tf.memory().numTensors).toBe(before);
  const model = await loadModel((await findModel(path)).modelPath);
  expect(model.layers.map(({ name }) => name)).toContain('dropout_1');
  model.dispose();
});

test('the same seed gives the same bytes, another seed others', async () => {
  const first = await weightsOf({ dropout: 0.5, seed: 7 });
  expect(await weightsOf({ dropout: 0.5, seed: 7 })).toEqual(first);
  expect(await weightsOf({ dropout: 0.5, seed: 8 })).not.toEqual(first);
});

describe('steps', () => {
  test('count over endless passes', async () => {
    const { record, typed } = await trainSmall({ stepsPerEpoch: 10, validationSteps: 2 });
    expect(typed('step')).toHaveLength(20);
    expect(typed('evaluation-step')).toHaveLength(4);
    expect(record.weights.last.step).toBe(20);
  });

  test('of validation end with one pass over its data', async () => {
    const { typed } = await trainSmall({ epochs: 1, validationSteps: 7 });
    expect(typed('evaluation-step')).toHaveLength(3);
  });
});

describe('augmentation', () => {
  const augmented = { rotationRange: 40, heightShiftRange: 0.2, zoomRange: 0.2, horizontalFlip: true } as const;
  // so small a rate that the network stays what it was
  const still = { epochs: 2, learningRate: 1e-30, optimizer: 'sgd' } as const;

  test('changes what is learned from, again in every pass, and never what is evaluated', async () => {
    const plain = (await train(small(still))).record.history;
    const { options, history } = (await train(small({ ...still, ...augmented }))).record;
    expect(history.val_loss).toEqual(plain.val_loss);
    const [first, second] = history.loss as [number, number];
    const [unchanged, again] = plain.loss as [number, number];
    expect(again).toBeCloseTo(unchanged, 6);
    for (const [a, b] of [
      [first, unchanged],
      [second, unchanged],
      [first, second],
    ] as const) {
      expect(Math.abs(a - b)).toBeGreaterThan(1e-5);
    }
    expect(options).toMatchObject({ ...augmented, fillMode: 'nearest' });
  });

  nativeTest('is the same for every engine', async () => {
    const lossOn = async (backend: 'native' | 'cpu') =>
      (await train(small({ ...still, ...augmented, backend, epochs: 1, precision: 'float32' }))).record.history
        .loss?.[0];
    expect(await lossOn('native')).toBeCloseTo((await lossOn('cpu')) as number, 5);
  });
});

test('a folder without validation is split, or not', async () => {
  const flat = join(place.pets, 'train');
  const split = await trainSmall({ data: flat, epochs: 1 });
  expect(split.record.counts).toEqual({ train: 20, validation: 6 });
  const whole = await trainSmall({ data: flat, epochs: 1, validationSplit: 0 });
  expect(whole.record.counts).toEqual({ train: 26, validation: 0 });
  expect(whole.record.history).toEqual({
    loss: [expect.any(Number)],
    acc: [expect.any(Number)],
    learning_rate: [1e-4],
  });
  expect(whole.record.weights.best).toBeUndefined();
});

describe('the signal', () => {
  test('ends training after the step of the moment, and what was learned is saved', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const onEvent = (event: WorkflowEvent) => {
      if (event.type !== 'step') return;
      seen.push(event.step);
      if (event.epoch === 2 && event.step === 3) abort.abort();
    };
    const { path, interrupted, record } = await train(small({ signal: abort.signal, onEvent }));
    expect(interrupted).toBe(true);
    expect(seen).toHaveLength(7 + 3);
    expect(record).toMatchObject({
      status: 'interrupted',
      weights: { last: { epoch: 1, step: 10 }, best: { epoch: 1 } },
    });
    expect(record.history.loss).toHaveLength(1);
    expect(await readRun(path)).toEqual(record);
    expect((await fs.readdir(path)).sort()).toEqual([
      'curves.png',
      'data-1.json.gz',
      'epoch-0001',
      'epoch-0001-2',
      ...HISTORY_FILES,
      'run.json',
    ]);
  });

  test('before the first step leaves nothing', async () => {
    const training = train(small({ signal: AbortSignal.abort() }));
    await expect(training).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(fs.readdir(join(place.folder, 'runs'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('lets timers run between steps', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await train(small());
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });
});

describe('bad images', () => {
  let damaged: string;

  beforeEach(async () => {
    damaged = join(place.folder, 'damaged');
    await fs.cp(place.pets, damaged, { recursive: true });
    await fs.writeFile(join(damaged, 'train/cats/zz.jpg'), 'not an image');
    await fs.writeFile(join(damaged, 'train/dogs/old.svg'), '');
  });

  test('are skipped, reported once and listed in run.json', async () => {
    const { record, typed } = await trainSmall({ data: damaged });
    const path = join(damaged, 'train/cats/zz.jpg');
    expect(record.badFiles).toEqual([{ path, reason: expect.stringMatching(/not an image/) }]);
    expect(typed('bad-image')).toEqual([{ type: 'bad-image', ...record.badFiles[0] }]);
    const leftOut = { reason: 'format', count: 1 };
    expect(typed('left-out')).toEqual([
      { type: 'left-out', root: damaged, ...leftOut, examples: [join(damaged, 'train/dogs/old.svg')] },
    ]);
    expect(record.leftOut).toEqual([{ ...leftOut, examples: ['train/dogs/old.svg'] }]);
  });

  test('end everything when that is asked for, and nothing is left', async () => {
    const training = train(small({ data: damaged, onBadImage: 'fail' }));
    await expect(training).rejects.toMatchObject({ code: 'BAD_IMAGE', message: expect.stringMatching(/zz\.jpg/) });
    expect(await fs.readdir(join(place.folder, 'runs'))).toEqual([]);
  });
});

test('a full disk is reported, and the run keeps its last whole epoch', async () => {
  const writeFile = fs.writeFile;
  vi.spyOn(fs, 'writeFile').mockImplementation(async (path, ...rest) => {
    if (String(path).includes('epoch-0002')) throw Object.assign(new Error('made by the test'), { code: 'ENOSPC' });
    await writeFile(path, ...rest);
  });
  await expect(train(small({ out: 'mine' }))).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(await readRun(join(place.folder, 'mine'))).toMatchObject({
    status: 'running',
    weights: { last: { epoch: 1 } },
  });
});

test.each<[Partial<TrainOptions>, RegExp]>([
  [{ data: '' }, /^data: /],
  [{ out: '' }, /^out: /],
  [{ epochs: 0 }, /^epochs: .* received 0/],
  [{ stepsPerEpoch: 1.5 }, /^stepsPerEpoch: /],
  [{ validationSteps: 0 }, /^validationSteps: /],
  [{ batchSize: -1 }, /^batchSize: /],
  [{ learningRate: 0 }, /^learningRate: expected a number above 0, received 0/],
  [{ learningRate: Number.NaN }, /^learningRate: /],
  [{ optimizer: 'lion' as 'sgd' }, /^optimizer: expected one of rmsprop, adam, adamw, sgd, received "lion"/],
  [{ weightDecay: -1 }, /^weightDecay: /],
  [{ emaMomentum: 1 }, /^emaMomentum: /],
  [{ labelSmoothing: 1 }, /^labelSmoothing: /],
  [{ denseDropout: 1 }, /^denseDropout: /],
  [{ kernelInitializer: 'zeros' as 'he_normal' }, /^kernelInitializer: /],
  [{ seed: 2 ** 32 }, /^seed: expected a whole number from 0 to 4294967295/],
  [{ filters: [] }, /^filters: /],
  [{ filters: [4, 4, 4] }, /^imageSize: expected at least 22 pixels for 3 pairs .* received 12/],
  [{ dense: 0 }, /^dense: /],
  [{ dropout: 1 }, /^dropout: /],
  [{ interpolation: 'cubic' as 'nearest' }, /^interpolation: /],
  [{ validationSplit: 1 }, /^validationSplit: /],
  [{ zoomRange: [2, 1] }, /^zoomRange: /],
  [{ onBadImage: 'delete' as 'skip' }, /^onBadImage: /],
  [{ cacheMemory: -1 }, /^cacheMemory: /],
  [{ backend: 'gpu' as 'cpu' }, /^backend: /],
  [{ schedule: 'step' as 'cosine' }, /^schedule: expected one of constant, cosine/],
  [{ warmupEpochs: -1 }, /^warmupEpochs: /],
  [{ schedule: 'cosine', epochs: 3, warmupEpochs: 3 }, /^warmupEpochs: expected less than the 3 epochs/],
  [{ recipe: 'best', epochs: 1 }, /^warmupEpochs: expected less than the 1 epoch of the schedule/],
  [{ finalLearningRate: 1 }, /^finalLearningRate: expected a number from 0 to the learning rate, 0\.0001, received 1/],
  [{ scheduleEpochs: 3 }, /^scheduleEpochs: expected a cosine schedule/],
  [{ schedule: 'cosine', scheduleEpochs: 0 }, /^scheduleEpochs: /],
  [{ reduceOnPlateau: true, schedule: 'cosine' }, /^reduceOnPlateau: expected a constant schedule/],
  [{ plateauFactor: 1 }, /^plateauFactor: /],
  [{ plateauPatience: -1 }, /^plateauPatience: /],
  [{ plateauMinDelta: -1 }, /^plateauMinDelta: /],
  [{ plateauCooldown: 0.5 }, /^plateauCooldown: /],
  [
    { plateauMinLearningRate: 2e-3, learningRate: 1e-3 },
    /^plateauMinLearningRate: expected a number from 0 to the learning rate, 0.001, received 0.002/,
  ],
  [{ earlyStopping: -1 }, /^earlyStopping: /],
  [{ defaultWeights: 'first' as 'best' }, /^defaultWeights: expected one of best, last/],
  [{ monitor: 'val_f1' as 'loss' }, /^monitor: expected one of val_loss, val_accuracy, loss, accuracy/],
])('%j is refused before anything is read', async (change, message) => {
  const training = train(small({ data: '/does/not/exist', ...change }));
  await expect(training).rejects.toMatchObject({ code: 'BAD_ARGUMENT', message: expect.stringMatching(message) });
});

test('a data folder that is missing is reported, and no run folder is made', async () => {
  await expect(train(small({ data: join(place.folder, 'no') }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await fs.readdir(place.folder)).toEqual([]);
});

test('the curves are drawn at the end, and those of a replaced run go with it', async () => {
  const out = join(place.folder, 'mine');
  const { curves } = await train(small({ out, epochs: 1 }));
  expect(curves).toBe(join(out, 'curves.png'));
  const { width } = decodePng(await fs.readFile(join(out, 'curves.png')));
  expect(width).toBeGreaterThan(1000);
  const present: boolean[] = [];
  const onEvent = ({ type }: WorkflowEvent) => {
    if (type === 'saved') present.push(existsSync(join(out, 'curves.png')));
  };
  await train(small({ out, epochs: 2, overwrite: true, onEvent }));
  expect(present).toEqual([false, false]);
  expect(existsSync(join(out, 'curves.png'))).toBe(true);
});

test('a folder without training images is refused', async () => {
  await fs.cp(join(place.pets, 'validation'), join(place.folder, 'data/test'), { recursive: true });
  await expect(train(small({ data: join(place.folder, 'data') }))).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringMatching(/no train folder/),
  });
});

test('a run is replaced by the first save of another where that is asked for, something else never', async () => {
  const out = join(place.folder, 'mine');
  const first = await train(small({ out, seed: 1, epochs: 1 }));
  const second = await train(small({ out, seed: 2, epochs: 1, overwrite: true }));
  expect(await readRun(out)).toEqual(second.record);
  expect(second.record.weights.last.folder).not.toBe(first.record.weights.last.folder);
  expect((await fs.readdir(out)).sort()).toEqual(
    ['curves.png', 'data-2.json.gz', second.record.weights.last.folder, ...HISTORY_FILES, 'run.json'].sort(),
  );
  expect(second.record.options).not.toHaveProperty('overwrite');
  await expect(train(small({ out: place.pets, overwrite: true }))).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});

/** Every file below a folder, with its content. */
async function readAll(path: string): Promise<Record<string, string>> {
  const entries = await fs.readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.sort().map(async (f) => [f, await fs.readFile(f, 'base64')])));
}

test.each(['finished', 'interrupted'])('a %s run is not replaced unasked, and stays as it is', async (status) => {
  const abort = new AbortController();
  const onEvent = (event: WorkflowEvent) => {
    if (status === 'interrupted' && event.type === 'saved') abort.abort();
  };
  await train(small({ out: 'mine', onEvent, signal: abort.signal }));
  const before = await readAll(place.folder);
  const events: string[] = [];
  for (const options of [{}, { config: 'mine' }, { from: 'mine' }]) {
    const again = small({ out: 'mine', ...options, onEvent: ({ type }) => events.push(type) });
    await expect(train(again)).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      message: expect.stringMatching(/^mine: this folder already has a run/),
      hint: expect.stringMatching(/--resume mine.*--overwrite/),
    });
  }
  expect(events).toEqual([]); // nothing was listed, let alone trained
  expect(await readAll(place.folder)).toEqual(before);
});

test('to replace a run is asked for each time: nothing that is done again asks for it', async () => {
  await train(small({ out: 'mine', epochs: 1 }));
  const { path } = await train(small({ out: 'mine', epochs: 1, overwrite: true }));
  const { data: _, ...again } = small({ config: path, out: 'mine' });
  await expect(train(again)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  await expect(train({ resume: path, overwrite: true })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(/^overwrite and resume cannot be combined/),
  });
  expect((await train({ ...again, overwrite: true })).path).toBe(path);
});

test('a training whose last run cannot be noted is saved all the same', async () => {
  await fs.writeFile(join(place.folder, 'runs'), 'a file is in the way');
  const { typed, record } = await trainSmall({ out: 'mine' });
  expect(record.status).toBe('finished');
  const told = typed('warning').filter(({ message }) => message.startsWith('the run is saved, but'));
  expect(told).toHaveLength(1); // not once an epoch
});

test('a copied runs/, whose latest is a folder, is trained in again', async () => {
  const first = await train(small({ epochs: 1 }));
  await fs.rm(join(place.folder, 'runs/latest'));
  await fs.cp(first.path, join(place.folder, 'runs/latest'), { recursive: true });
  const { path, typed } = await trainSmall({ epochs: 1 });
  expect((await findModel('runs/latest')).run?.folder).toBe(path);
  expect(typed('warning').map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/was renamed to runs.latest-1/),
  );
  expect((await readRun(join(place.folder, 'runs/latest-1'))).startedAt).toBe(first.record.startedAt);
});
