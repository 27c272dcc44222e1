import fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/base/random.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { readRun } from '../../../src/runs/run.js';
import { nativeTest } from '../../helpers/native.js';
import { readOutcome, STEPS, small, stopAt, trainUntil, useResumePlace } from './resume-fixture.js';

const place = useResumePlace();

type Stop = [type: WorkflowEvent['type'], count: number];

/** Where one run is stopped, each stop counted from the one before; at least a step lies between two. */
type Stops = [Stop, ...Stop[]];

/** Stops a run wherever it is to be stopped, and lets it come to its end. */
async function expectSameAsUnbroken(options: TrainOptions, ...runs: Stops[]) {
  const unbroken = await readOutcome((await train({ ...options, out: 'unbroken', overwrite: true })).path);
  for (const [first, ...others] of runs) {
    const path = await trainUntil(...first, { ...options, out: 'stopped', overwrite: true });
    for (const stop of others) {
      expect(await goOn(path, stopAt(...stop)), `stopped at ${stop}`).toMatchObject({ path, interrupted: true });
    }
    expect(await goOn(path)).toMatchObject({ path, interrupted: false, record: { status: 'finished' } });
    expect(await readOutcome(path)).toEqual(unbroken);
  }
}

async function goOn(path: string, stop?: ReturnType<typeof stopAt>) {
  const events: WorkflowEvent[] = [];
  const onEvent: NonNullable<TrainOptions['onEvent']> = (event) => {
    events.push(event);
    stop?.onEvent(event);
  };
  const result = await train({ resume: path, ...stop, onEvent });
  expect(events).toContainEqual(expect.objectContaining({ type: 'resumed', path, differences: [] }));
  return result;
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

/** Within an epoch, between two, while its second one is evaluated, and after the first step of the third. */
const SOME_MOMENTS: Stops = [
  ['step', 3],
  ['saved', 1],
  ['evaluation-step', 1],
  ['step', 1],
];

/** After the first step, within an epoch, in two evaluations, after the first step of an epoch and after the last of all. */
const WITHIN_EPOCHS: Stops = [
  ['step', 1],
  ['step', 2],
  ['evaluation-step', 1],
  ['step', 1],
  ['evaluation-step', 1],
  ['step', STEPS],
];

/** Before an evaluation, and after the save that follows it. */
const BETWEEN_EPOCHS: Stops = [
  ['step', STEPS],
  ['saved', 2],
];

describe('a run that goes on becomes the one that was never stopped, bit for bit', () => {
  test('on wasm, with dropout', { timeout: 300_000 }, async () => {
    await expectSameAsUnbroken(small(place, { backend: 'wasm', imageSize: 32 }), WITHIN_EPOCHS, BETWEEN_EPOCHS);
    await expectSameAsUnbroken(small(place, { backend: 'wasm', ...EVERYTHING }), SOME_MOMENTS);
  });

  nativeTest('on native, with dropout', { timeout: 300_000 }, async () => {
    const options = { backend: 'native', imageSize: 32, filters: [8, 16], dense: 64 } as const;
    await expectSameAsUnbroken(small(place, options), WITHIN_EPOCHS, BETWEEN_EPOCHS);
    await expectSameAsUnbroken(small(place, { ...options, optimizer: 'rmsprop', stepsPerEpoch: 5 }), [['step', 7]]);
    await expectSameAsUnbroken(small(place, { ...options, ...EVERYTHING }), SOME_MOMENTS);
  });

  test.each(['rmsprop', 'sgd'] as const)('with %s, without validation', async (optimizer) => {
    const options = small(place, { optimizer, data: join(place.pets, 'train'), validationSplit: 0, epochs: 2 });
    await expectSameAsUnbroken(options, [
      ['step', 2],
      ['saved', 1],
      ['step', 4],
    ]);
  });

  test.each<[string, Partial<TrainOptions>]>([
    ['plateaus', PLATEAUS],
    ['a warm-up and a cosine', { schedule: 'cosine', warmupEpochs: 0.5 }],
  ])('with %s', async (_, options) => {
    await expectSameAsUnbroken(small(place, options), WITHIN_EPOCHS, BETWEEN_EPOCHS);
  });

  test('with a validation split, however often it is stopped', async () => {
    const options = small(place, { data: join(place.pets, 'train'), validationSplit: 0.3 });
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
    const unbroken = await readOutcome((await train(small(place, { out: 'unbroken', epochs: 4 }))).path);
    const { path } = await train(small(place, { out: 'short', epochs: 2 }));
    const { record } = await train({ resume: path, epochs: 4 });
    expect(await readOutcome(path)).toEqual(unbroken);
    expect(record.options).toMatchObject({ epochs: 4, dropout: 0.4 });
  });

  test('beyond the end of its cosine, which keeps its total unless it gets another one', async () => {
    const options = small(place, {
      epochs: 2,
      stepsPerEpoch: 1,
      schedule: 'cosine',
      learningRate: 0.8,
      finalLearningRate: 0.4,
    });
    const ratesOf = (path: string) => readRun(path).then(({ history }) => history.learning_rate);
    const { path, record } = await train({ ...options, out: 'short' });
    expect(record.options).toMatchObject({ scheduleEpochs: 2 });
    await fs.cp(path, join(place.folder, 'copy'), { recursive: true });
    await train({ resume: path, epochs: 4 });
    // (.8 + .4) / 2 is half way
    expect(await ratesOf(path)).toEqual([0.8, expect.closeTo(0.6), 0.4, 0.4]);
    await train({ resume: join(place.folder, 'copy'), epochs: 4, scheduleEpochs: 4 });
    const [third, fourth] = [0.6, 0.4 + 0.2 * (1 + Math.cos(0.75 * Math.PI))];
    expect(await ratesOf(join(place.folder, 'copy'))).toEqual(
      [0.8, 0.6, third, fourth].map((rate) => expect.closeTo(rate)),
    );
  });

  test('after its data folder has moved', async () => {
    const options = small(place, { data: join(place.folder, 'here'), epochs: 2 });
    await fs.cp(place.pets, join(place.folder, 'here'), { recursive: true });
    const unbroken = await readOutcome((await train({ ...options, out: 'unbroken' })).path);
    const path = await trainUntil('step', 8, { ...options, out: 'stopped' });
    await fs.rename(join(place.folder, 'here'), join(place.folder, 'there'));
    await expect(train({ resume: path })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await train({ resume: path, data: join(place.folder, 'there') });
    const { badFiles, ...outcome } = await readOutcome(path);
    expect(outcome).toEqual({ ...unbroken, badFiles: undefined });
    expect(badFiles.map((file) => file.path)).toEqual([join(place.folder, 'there/train/cats/zz-bad.jpg')]);
  });

  test('although a bad file has become good meanwhile', async () => {
    const data = join(place.folder, 'data');
    await fs.cp(place.pets, data, { recursive: true });
    const unbroken = await readOutcome((await train(small(place, { data, out: 'unbroken' }))).path);
    const path = await trainUntil('saved', 1, small(place, { data, out: 'stopped' }));
    const [good] = (await fs.readdir(join(data, 'train/cats'))).sort();
    await fs.cp(join(data, 'train/cats', good as string), join(data, 'train/cats/zz-bad.jpg'));
    await train({ resume: path });
    expect(await readOutcome(path)).toEqual(unbroken);
  });
});
