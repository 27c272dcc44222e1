import { utimesSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRandom } from '../../../src/base/random.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { readCheckpoint } from '../../../src/runs/checkpoint.js';
import { readRun } from '../../../src/runs/run.js';
import { lockRun } from '../../../src/runs/run-lock.js';
import { nativeTest } from '../../helpers/native.js';

let pets: string;
let folder: string;

beforeAll(async () => {
  pets = join(await fs.mkdtemp(join(tmpdir(), 'cnnviz-pets-')), 'pets');
  await sampleData({ dir: pets, classes: 2, imageSize: 32, train: 9, validation: 3, test: 0 });
  await fs.writeFile(join(pets, 'train/cats/zz-bad.jpg'), 'not an image');
  return () => fs.rm(join(pets, '..'), { recursive: true });
});

beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-resume-')));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await fs.rm(folder, { recursive: true });
});

// 19 files, batches of 4, 6 steps an epoch: an epoch ends within a pass, and a pass within an epoch.
const STEPS = 6;

/** Batches of all sizes, augmentation, dropout, a bad file, an optimizer that counts. */
function small(change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    data: pets,
    backend: 'cpu',
    imageSize: 12,
    filters: [3, 4],
    dense: 6,
    epochs: 3,
    batchSize: 4,
    stepsPerEpoch: STEPS,
    dropout: 0.4,
    rotationRange: 40,
    widthShiftRange: 0.2,
    zoomRange: [0.7, 1.1],
    horizontalFlip: true,
    contrastRange: 0.2,
    optimizer: 'adam',
    learningRate: 1e-2,
    ...change,
  };
}

/** Everything that a stop must not change: weights, slots, history, which epoch was best, bad files. */
async function readOutcome(path: string) {
  const { weights, history, badFiles, status, checkpoints } = await readRun(path);
  const [newest] = checkpoints;
  const { progress, slots } = await readCheckpoint(join(path, newest?.folder ?? ''));
  const bytes = (name: string, of: string) => fs.readFile(join(path, of, name), 'base64');
  const { folder: _, ...best } = weights.best ?? { folder: '' };
  return {
    last: await bytes('weights.bin', weights.last.folder),
    slots: await bytes('optimizer.bin', weights.last.folder),
    slotNames: slots.map(({ name }) => name),
    topology: await bytes('model.json', weights.last.folder),
    best,
    bestWeights: weights.best && (await bytes('weights.bin', weights.best.folder)),
    ...{ progress, history, badFiles, status },
  };
}

/** Gives the signal at the n-th event of a kind. */
function stopAt(type: WorkflowEvent['type'], count: number): Required<Pick<TrainOptions, 'signal' | 'onEvent'>> {
  const abort = new AbortController();
  let seen = 0;
  const onEvent = (event: WorkflowEvent) => {
    if (event.type === type && ++seen === count) abort.abort();
  };
  return { signal: abort.signal, onEvent };
}

/** Starts a run and stops it. */
async function trainUntil(type: WorkflowEvent['type'], count: number, options: TrainOptions): Promise<string> {
  const { path, interrupted } = await train({ ...options, ...stopAt(type, count) });
  expect(interrupted).toBe(true);
  return path;
}

async function expectSameAsUnbroken(options: TrainOptions, stops: [WorkflowEvent['type'], number][]) {
  const unbroken = await readOutcome((await train({ ...options, out: 'unbroken', overwrite: true })).path);
  for (const [index, [type, count]] of stops.entries()) {
    const out = `stopped-${index}`;
    const path = await trainUntil(type, count, { ...options, out, overwrite: true });
    const events: WorkflowEvent[] = [];
    const result = await train({ resume: path, onEvent: (event) => events.push(event) });
    expect(events).toContainEqual(expect.objectContaining({ type: 'resumed', path, differences: [] }));
    expect(result).toMatchObject({ path, interrupted: false, record: { status: 'finished' } });
    expect(await readOutcome(path), `stopped at ${type} ${count}`).toEqual(unbroken);
  }
}

/** What the recipe for the best network does besides. */
const EVERYTHING: Partial<TrainOptions> = {
  optimizer: 'adamw',
  emaMomentum: 0.9,
  labelSmoothing: 0.1,
  batchNormalization: true,
  denseDropout: 0.3,
  schedule: 'cosine',
  warmupEpochs: 0.5,
  rotationRange: 18,
  widthShiftRange: 0.12,
  zoomRange: [0.75, 1.1],
  horizontalFlip: true,
  contrastRange: 0.2,
};

/** Nothing is ever 9 better: the rate falls after the second epoch, to the least one, and would again after the fourth. */
const PLATEAUS: Partial<TrainOptions> = {
  ...{ reduceOnPlateau: true, plateauMinDelta: 9, plateauPatience: 1, monitor: 'val_accuracy', epochs: 4 },
  ...{ plateauFactor: 0.5, plateauCooldown: 2, plateauMinLearningRate: 6e-3 },
};

const SOME_MOMENTS: [WorkflowEvent['type'], number][] = [
  ['step', 3],
  ['saved', 1],
  ['evaluation-step', 3],
  ['step', 2 * STEPS + 1],
];

const ANY_MOMENT: [WorkflowEvent['type'], number][] = [
  ['step', 1],
  ['step', 3],
  ['step', STEPS],
  ['evaluation-step', 1],
  ['saved', 1],
  ['step', STEPS + 1],
  ['evaluation-step', 3],
  ['saved', 2],
  ['step', 3 * STEPS],
];

describe('a run that goes on becomes the one that was never stopped, bit for bit', () => {
  test('on wasm, with dropout', { timeout: 120_000 }, async () => {
    await expectSameAsUnbroken(small({ backend: 'wasm', imageSize: 32 }), ANY_MOMENT);
    await expectSameAsUnbroken(small({ backend: 'wasm', ...EVERYTHING }), SOME_MOMENTS);
  });

  nativeTest('on native, with dropout', { timeout: 120_000 }, async () => {
    const options = { backend: 'native', imageSize: 32, filters: [8, 16], dense: 64 } as const;
    await expectSameAsUnbroken(small(options), ANY_MOMENT);
    await expectSameAsUnbroken(small({ ...options, optimizer: 'rmsprop', stepsPerEpoch: 5 }), [['step', 7]]);
    await expectSameAsUnbroken(small({ ...options, ...EVERYTHING }), SOME_MOMENTS);
  });

  test.each(['rmsprop', 'sgd'] as const)('with %s, without validation', async (optimizer) => {
    const options = small({ optimizer, data: join(pets, 'train'), validationSplit: 0, epochs: 2 });
    await expectSameAsUnbroken(options, [
      ['step', 2],
      ['saved', 1],
      ['step', STEPS + 4],
    ]);
  });

  test.each<[string, Partial<TrainOptions>]>([
    ['plateaus', PLATEAUS],
    ['a warm-up and a cosine', { schedule: 'cosine', warmupEpochs: 0.5 }],
  ])('with %s', async (_, options) => {
    await expectSameAsUnbroken(small(options), ANY_MOMENT);
  });

  test('with a validation split, however often it is stopped', async () => {
    const options = small({ data: join(pets, 'train'), validationSplit: 0.3 });
    const unbroken = await readOutcome((await train({ ...options, out: 'unbroken' })).path);
    const path = await trainUntil('step', 2, { ...options, out: 'stopped' });
    const random = createRandom(3, 'sample');
    let interrupted = true;
    while (interrupted) {
      ({ interrupted } = await train({ resume: path, ...stopAt('step', 1 + Math.floor(random() * 4)) }));
    }
    expect(await readOutcome(path)).toEqual(unbroken);
    expect((await readRun(path)).resumptions.length).toBeGreaterThan(3);
  });

  test('beyond its end', async () => {
    const unbroken = await readOutcome((await train(small({ out: 'unbroken', epochs: 4 }))).path);
    const { path } = await train(small({ out: 'short', epochs: 2 }));
    const { record } = await train({ resume: path, epochs: 4 });
    expect(await readOutcome(path)).toEqual(unbroken);
    expect(record.options).toMatchObject({ epochs: 4, dropout: 0.4 });
  });

  test('beyond the end of its cosine, which keeps its total unless it gets another one', async () => {
    const options = small({
      epochs: 2,
      stepsPerEpoch: 1,
      schedule: 'cosine',
      learningRate: 0.8,
      finalLearningRate: 0.4,
    });
    const ratesOf = (path: string) => readRun(path).then(({ history }) => history.learning_rate);
    const { path, record } = await train({ ...options, out: 'short' });
    expect(record.options).toMatchObject({ scheduleEpochs: 2 });
    await fs.cp(path, join(folder, 'copy'), { recursive: true });
    await train({ resume: path, epochs: 4 });
    // (.8 + .4) / 2 is half way
    expect(await ratesOf(path)).toEqual([0.8, expect.closeTo(0.6), 0.4, 0.4]);
    await train({ resume: join(folder, 'copy'), epochs: 4, scheduleEpochs: 4 });
    const [third, fourth] = [0.6, 0.4 + 0.2 * (1 + Math.cos(0.75 * Math.PI))];
    expect(await ratesOf(join(folder, 'copy'))).toEqual([0.8, 0.6, third, fourth].map((rate) => expect.closeTo(rate)));
  });

  test('after its data folder has moved', async () => {
    const options = small({ data: join(folder, 'here'), epochs: 2 });
    await fs.cp(pets, join(folder, 'here'), { recursive: true });
    const unbroken = await readOutcome((await train({ ...options, out: 'unbroken' })).path);
    const path = await trainUntil('step', 8, { ...options, out: 'stopped' });
    await fs.rename(join(folder, 'here'), join(folder, 'there'));
    await expect(train({ resume: path })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await train({ resume: path, data: join(folder, 'there') });
    const { badFiles, ...outcome } = await readOutcome(path);
    expect(outcome).toEqual({ ...unbroken, badFiles: undefined });
    expect(badFiles.map((file) => file.path)).toEqual([join(folder, 'there/train/cats/zz-bad.jpg')]);
  });

  test('although a bad file has become good meanwhile', async () => {
    const data = join(folder, 'data');
    await fs.cp(pets, data, { recursive: true });
    const unbroken = await readOutcome((await train(small({ data, out: 'unbroken' }))).path);
    const path = await trainUntil('saved', 1, small({ data, out: 'stopped' }));
    const [good] = (await fs.readdir(join(data, 'train/cats'))).sort();
    await fs.cp(join(data, 'train/cats', good as string), join(data, 'train/cats/zz-bad.jpg'));
    await train({ resume: path });
    expect(await readOutcome(path)).toEqual(unbroken);
  });
});

describe('what is not the same', () => {
  let path: string;

  beforeEach(async () => {
    await fs.cp(pets, join(folder, 'data'), { recursive: true });
    path = await trainUntil('step', STEPS + 2, small({ out: 'mine', data: join(folder, 'data') }));
  });

  /** The checkpoints, newest first. */
  async function checkpointFolders(): Promise<string[]> {
    return (await readRun(path)).checkpoints.map((saved) => join(path, saved.folder));
  }

  async function edit(file: string, change: (json: Record<string, object | undefined>) => void): Promise<void> {
    const json = JSON.parse(await fs.readFile(file, 'utf8'));
    change(json);
    await fs.writeFile(file, JSON.stringify(json));
  }

  test.each<[string, (data: string) => Promise<void>, RegExp]>([
    [
      'a file less',
      (data) => fs.rm(join(data, 'train/cats/zz-bad.jpg')),
      /1 file is missing \(train\/cats\/zz-bad\.jpg\)$/,
    ],
    [
      'a file more',
      (data) => fs.writeFile(join(data, 'validation/dogs/b.jpg'), ''),
      /1 file is new \(validation\/dogs/,
    ],
    ['a class more', addClass, /its classes were cats, dogs, now they are cats, dogs, owls/],
    ['a file of the other split', moveFile, /1 file is missing \(train.*zz-bad.*1 file is new \(validation/],
  ])('a data folder with %s is refused', async (_, change, message) => {
    await change(join(folder, 'data'));
    await expect(train({ resume: path })).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: expect.stringMatching(message),
    });
    expect(await fs.readdir(path)).not.toContain('lock');
  });

  test('two photographs that have changed places are refused, though all names are as they were', async () => {
    const firstOf = async (name: string) => `${name}/${(await fs.readdir(join(folder, 'data', name))).sort()[0]}`;
    const names = [await firstOf('train/cats'), await firstOf('train/dogs')];
    const [cat, dog] = names.map((name) => join(folder, 'data', name)) as [string, string];
    const [catSize, dogSize] = [(await fs.stat(cat)).size, (await fs.stat(dog)).size];
    expect(catSize).not.toBe(dogSize);
    await fs.rename(cat, join(folder, 'aside'));
    await fs.rename(dog, cat);
    await fs.rename(join(folder, 'aside'), dog);
    const changes = [
      `${names[0]}: ${catSize} bytes then, ${dogSize} now`,
      `${names[1]}: ${dogSize} bytes then, ${catSize} now`,
    ].join('; ');
    await expect(train({ resume: path })).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: `${join(folder, 'data')}: these are not the images that the run was trained on: 2 files are of another size (${changes})`,
    });
  });

  test('a run of the first versions, which recorded less, goes on', async () => {
    for (const checkpoint of await checkpointFolders()) {
      await edit(join(checkpoint, 'checkpoint.json'), ({ data, progress }) => {
        for (const split of Object.values(data ?? {})) delete split.sizes;
        Reflect.deleteProperty(progress ?? {}, 'runawaySteps');
      });
    }
    await train({ resume: path });
    expect((await readOutcome(path)).progress).toMatchObject({ epoch: 3, runawaySteps: 0 });
  });

  test.each<[Partial<TrainOptions>, RegExp]>([
    [{ filters: [3, 5] }, /^filters: expected 3,4, as when the run was started, received 3,5/],
    [{ learningRate: 0.5 }, /^learningRate: expected 0\.01/],
    [{ validationSteps: 1 }, /^validationSteps: expected nothing/],
    [{ out: 'elsewhere' }, /^out: /],
    [{ seed: 2 }, /^seed: expected 1/],
  ])('the option %j is refused', async (options, message) => {
    await expect(train({ resume: path, ...options })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringMatching(message),
    });
  });

  test('an option that is repeated as it was is not', async () => {
    const options = small({ out: 'mine', data: join(folder, 'data') });
    expect(await train({ ...options, resume: path })).toMatchObject({ interrupted: false });
  });

  test('another backend, thread count or processor goes on, and says that it is not exact', async () => {
    await edit(join((await checkpointFolders())[0] as string, 'checkpoint.json'), (json) => {
      Object.assign(json.computer ?? {}, { threads: 64, cpu: 'Abacus' });
    });
    const events: WorkflowEvent[] = [];
    const { record } = await train({ resume: path, backend: 'wasm', onEvent: (event) => events.push(event) });
    const { differences } = events.find((event) => event.type === 'resumed') ?? {};
    expect(differences).toEqual([
      'backend cpu, now wasm',
      'threads 64, now 1',
      expect.stringMatching(/^processor Abacus, now /),
    ]);
    expect(record).toMatchObject({ status: 'finished', resumptions: [{ step: STEPS + 2, differences }] });
  });

  test('a backend that cannot be had any more gives way to the fastest that works', async () => {
    await edit(join((await checkpointFolders())[0] as string, 'checkpoint.json'), (json) => {
      Object.assign(json.computer ?? {}, { backend: 'abacus' });
    });
    await edit(join(path, 'run.json'), (json) => Object.assign(json.options ?? {}, { backend: 'auto' }));
    const { record } = await train({ resume: path });
    expect(record.resumptions[0]?.differences[0]).toMatch(/^backend abacus, now (native|wasm)$/);
  });

  test.each(['model.json', 'weights.bin', 'optimizer.bin', 'checkpoint.json'])(
    'a checkpoint whose %s is torn gives way to the one before it; both torn are refused',
    async (name) => {
      const unbroken = await readOutcome((await train(small({ out: 'whole', data: join(folder, 'data') }))).path);
      const [newest, previous] = (await checkpointFolders()) as [string, string];
      await fs.truncate(join(newest, name), 40);
      await fs.cp(previous, `${previous}.kept`, { recursive: true });
      await fs.rm(join(previous, name));
      const refused = { code: 'BAD_MODEL', message: expect.stringMatching(`not a complete checkpoint: ${name}`) };
      await expect(train({ resume: path })).rejects.toMatchObject(refused);
      await fs.rm(previous, { recursive: true });
      await fs.rename(`${previous}.kept`, previous);
      const events: WorkflowEvent[] = [];
      await train({ resume: path, onEvent: (event) => events.push(event) });
      const message = expect.stringMatching(/epoch-0001-2: not a complete checkpoint.*; using the one before it$/);
      expect(events[0]).toEqual({ type: 'warning', message });
      expect(await readOutcome(path)).toEqual(unbroken);
    },
  );

  test("another run's checkpoint is refused, and so is a network that is not the run's", async () => {
    const other = await trainUntil('step', STEPS + 2, small({ out: 'other', filters: [3, 3] }));
    const copy = async () => {
      for (const to of await checkpointFolders()) {
        await fs.rm(to, { recursive: true });
        await fs.cp(join(other, to.endsWith('-2') ? 'epoch-0001-2' : 'epoch-0001'), to, { recursive: true });
      }
    };
    await copy();
    await expect(train({ resume: path })).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(/epoch-0001-2: a checkpoint of another run/),
    });
    const { startedAt } = await readRun(path);
    for (const checkpoint of await checkpointFolders()) {
      await edit(join(checkpoint, 'checkpoint.json'), (json) => {
        Object.assign(json, { runStartedAt: startedAt });
      });
    }
    await expect(train({ resume: path })).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(
        /layer 3 is conv2d_2 \(Conv2D, \[null,3,3,4\].* in the run, .*\[null,3,3,3\].* in its checkpoint/,
      ),
    });
  });

  test('a run without a checkpoint is refused', async () => {
    await edit(join(path, 'run.json'), (json) => {
      delete json.checkpoints;
    });
    await expect(train({ resume: path })).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(/no checkpoint to resume from/),
    });
  });

  test('a run that is being trained is refused, until its process is done', async () => {
    await lockRun(path);
    const refused = { code: 'NOT_WRITABLE', message: expect.stringMatching(`process ${process.pid} is training`) };
    await expect(train({ resume: path })).rejects.toMatchObject(refused);
    await expect(train(small({ out: path }))).rejects.toMatchObject(refused);
    await fs.writeFile(
      join(path, 'lock'),
      (await fs.readFile(join(path, 'lock'), 'utf8')).replace(/"started":"\d+/, '$&0'),
    );
    await train({ resume: path });
    expect(await fs.readdir(path)).not.toContain('lock');
  });

  describe('a run that a process of another machine holds', () => {
    const elsewhere = JSON.stringify({ pid: 12, started: '1', host: 'elsewhere' });

    test('is waited for, which is reported and can be interrupted', async () => {
      await fs.writeFile(join(path, 'lock'), elsewhere);
      const controller = new AbortController();
      const onEvent = vi.fn((event: WorkflowEvent) => event.type === 'lock-waiting' && controller.abort());
      await expect(train({ resume: path, onEvent, signal: controller.signal })).rejects.toMatchObject({
        code: 'ABORTED',
      });
      expect(onEvent).toHaveBeenCalledExactlyOnceWith({
        ...{ type: 'lock-waiting', path, pid: 12, host: 'elsewhere' },
        ...{ silentMs: expect.any(Number), staleMs: 60_000 },
      });
      expect(await fs.readFile(join(path, 'lock'), 'utf8')).toBe(elsewhere);
    });

    test('is refused as soon as that is heard of', async () => {
      await fs.writeFile(join(path, 'lock'), elsewhere);
      const onEvent = ({ type }: WorkflowEvent) => {
        if (type === 'lock-waiting') utimesSync(join(path, 'lock'), new Date(), new Date(Date.now() + 1000));
      };
      await expect(train({ resume: path, onEvent })).rejects.toMatchObject({
        code: 'NOT_WRITABLE',
        message: `${path}: process 12 on elsewhere is training this run`,
      });
    });

    test('goes on here when that has been silent for a minute', async () => {
      await fs.writeFile(join(path, 'lock'), elsewhere);
      await fs.utimes(join(path, 'lock'), new Date(0), new Date(0));
      await train({ resume: path });
      expect(await fs.readdir(path)).not.toContain('lock');
    });

    test('is not written by who was asleep while it was taken over', async () => {
      const before = await fs.readFile(join(path, 'run.json'), 'utf8');
      const onEvent = ({ type }: WorkflowEvent) => {
        if (type === 'epoch-started') writeFileSync(join(path, 'lock'), elsewhere);
      };
      await expect(train({ resume: path, onEvent })).rejects.toMatchObject({
        code: 'NOT_WRITABLE',
        message: `${path}: process 12 on elsewhere has taken this run over`,
      });
      expect(await fs.readFile(join(path, 'run.json'), 'utf8')).toBe(before);
      expect(await fs.readFile(join(path, 'lock'), 'utf8')).toBe(elsewhere);
    });
  });

  test('a finished run says so, and what to ask for', async () => {
    await train({ resume: path });
    for (const epochs of [undefined, 3, 2]) {
      await expect(train({ resume: path, ...(epochs && { epochs }) })).rejects.toMatchObject({
        code: 'RUN_FINISHED',
        message: `the run already has 3 epochs (asked for ${epochs ?? 3})`,
        hint: 'To train more, use --epochs 4 or higher.',
      });
    }
  });

  test('without a run here it says what is here', async () => {
    await expect(train({ resume: 'runs/latest' })).resolves.toMatchObject({ path });
    vi.spyOn(process, 'cwd').mockReturnValue(pets);
    await expect(train({ resume: 'runs/latest' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'there is no run here to resume: runs does not exist here',
      hint: expect.stringMatching(/--resume RUN/),
    });
  });

  test('a run that was renamed goes on, which is told', async () => {
    const renamed = join(folder, 'runs/mybest');
    await fs.rename(path, renamed);
    const told: string[] = [];
    const onEvent = (event: WorkflowEvent) => {
      if (event.type === 'warning') told.push(event.message);
    };
    expect((await train({ resume: 'runs/latest', onEvent })).path).toBe(renamed);
    expect(told[0]).toMatch(
      /runs.latest points to .*, which does not exist: using the newest run beside it, runs.mybest/,
    );
    expect(await fs.readFile(join(folder, 'runs/latest'), 'utf8')).toBe('mybest\n');
  });

  test('a signal before the first step leaves the run as it was', async () => {
    const before = await fs.readFile(join(path, 'run.json'));
    await expect(train({ resume: path, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await fs.readFile(join(path, 'run.json'))).toEqual(before);
  });

  test('no tensor is left behind', async () => {
    const before = tf.memory().numTensors;
    await train({ resume: path });
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each([
  ['nowhere', 'NOT_FOUND'],
  ['', 'BAD_ARGUMENT'],
])('the run "%s" is refused', async (resume, code) => {
  await expect(train({ resume })).rejects.toMatchObject({ code });
});

async function addClass(data: string): Promise<void> {
  for (const split of ['train', 'validation']) {
    await fs.cp(join(data, split, 'cats'), join(data, split, 'owls'), { recursive: true });
  }
}

async function moveFile(data: string): Promise<void> {
  await fs.rename(join(data, 'train/cats/zz-bad.jpg'), join(data, 'validation/cats/zz-bad.jpg'));
}
