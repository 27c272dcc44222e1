import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import { LayersTrainer } from '../../../src/engines/tfjs/train.js';
import { readRun } from '../../../src/runs/run.js';
import { writePhotograph } from '../drawn-photographs.js';
import { TINY, trainWithEvents } from './training-fixture.js';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cnnviz-guards-'));
  for (const [split, seed, cats, dogs] of [
    ['train', 0, 13, 4],
    ['validation', 100, 3, 3],
  ] as const) {
    for (let index = 0; index < cats; index++) writePhotograph(at(split, 'cat', `${index}.png`), seed + index);
    for (let index = 0; index < dogs; index++) writePhotograph(at(split, 'dog', `${index}.png`), seed + 50 + index);
  }
  return () => rmSync(root, { recursive: true });
});

beforeEach(() => {
  vi.spyOn(process, 'cwd').mockReturnValue(root);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(at('validation', 'dog', 'again.png'), { force: true });
});

const at = (...names: string[]) => join(root, 'pets', ...names);
const out = () => join(root, 'run');

async function trainGuarded(change: Partial<TrainOptions> = {}, onStep: () => void = () => {}) {
  const given = change.resume === undefined ? { data: at(), out: out(), overwrite: true, ...TINY } : {};
  const onEvent: TrainOptions['onEvent'] = ({ type }) => type === 'step' && onStep();
  const { typed, ...result } = await trainWithEvents({ ...given, ...change, onEvent });
  return { ...result, weights: typed('class-weights').map(({ weights }) => weights) };
}

const IMBALANCE =
  'train has 13 of cat and 4 of dog (3.3 : 1); --class-weight balanced gives all classes the same weight';

test('classes that differ over three times are reported, with what helps', async () => {
  const { warnings, weights } = await trainGuarded();
  expect([warnings, weights]).toEqual([[IMBALANCE], []]);
});

test('balanced classes count the same, and that is recorded and reported', async () => {
  const trainStep = vi.spyOn(LayersTrainer.prototype, 'trainStep');
  const { record, warnings, weights } = await trainGuarded({ classWeight: 'balanced' });
  expect([warnings, weights]).toEqual([[], [[17 / 26, 17 / 8]]]);
  expect(record.options.classWeight).toBe('balanced');
  const sums = { cat: 0, dog: 0 };
  for (const [{ targets, sampleWeights }] of trainStep.mock.calls) {
    for (const [index, target] of targets.entries()) sums[target === 1 ? 'dog' : 'cat'] += sampleWeights?.[index] ?? 0;
  }
  expect(sums.cat).toBeCloseTo(8.5, 5);
  expect(sums.dog).toBeCloseTo(8.5, 5);
});

test('a validation image that is in train as well is reported', async () => {
  copyFileSync(at('train', 'cat', '2.png'), at('validation', 'dog', 'again.png'));
  const { warnings } = await trainGuarded({ classWeight: 'balanced' });
  expect(warnings).toEqual([
    '1 validation image also appears in train, so validation metrics are too good: validation/dog/again.png (= train/cat/2.png)',
    expect.stringContaining('1 image is under two classes'),
  ]);
});

/** Each step has this loss and half of its examples right. */
function mockSteps(lossAt: (step: number) => number): void {
  const { trainStep } = LayersTrainer.prototype;
  vi.spyOn(LayersTrainer.prototype, 'trainStep').mockImplementation(async function (this: LayersTrainer, ...args) {
    await trainStep.apply(this, args);
    return { loss: lossAt(args[1].step), correctCount: args[0].size / 2 };
  });
}

test('a loss that is no number ends training, and the run keeps its last whole epoch', async () => {
  mockSteps((step) => (step < 12 ? 1 : Number.NaN));
  const training = trainGuarded({ epochs: 5, out: out() });
  await expect(training).rejects.toMatchObject({
    code: 'DIVERGED',
    message: `the loss is NaN at step 13 (epoch 3): training was stopped; ${out()} keeps the weights of epoch 2, step 10`,
    hint: 'Try a lower --learning-rate.',
  });
  const record = await readRun(out());
  expect([record.status, record.history.loss, existsSync(join(out(), record.weights.last.folder))]).toEqual([
    'diverged',
    [1, 1],
    true,
  ]);
  rmSync(out(), { recursive: true });
});

test('before the first epoch is over there is nothing to keep', async () => {
  mockSteps(() => Number.POSITIVE_INFINITY);
  await expect(trainGuarded()).rejects.toMatchObject({
    message: 'the loss is Infinity at step 1 (epoch 1): training was stopped; nothing was saved yet',
  });
  expect(existsSync(out())).toBe(false);
});

test.each([
  ['unbroken', undefined],
  ['stopped within it, and gone on with', 14],
])('a diverging loss is reported at its 20th step, %s', async (_, stopAfter) => {
  // 5 steps an epoch: the first mean is 1, and the steps from 8 on are above 10 times that
  mockSteps((step) => (step < 7 ? 1 : 50));
  const abort = new AbortController();
  let steps = 0;
  const onStep = () => ++steps === stopAfter && abort.abort();
  const options = { epochs: 7, classWeight: 'balanced', validationSteps: 1 } as const;
  const told = await trainGuarded({ ...options, signal: abort.signal }, onStep);
  expect(told.interrupted).toBe(stopAfter !== undefined);
  const rest = stopAfter === undefined ? { warnings: [] } : await trainGuarded({ resume: out() });
  const warnings = [...told.warnings, ...rest.warnings].filter((message) => message.startsWith('the loss'));
  expect(warnings).toEqual([expect.stringContaining('for 20 steps, 50.00 at step 27:')]);
  rmSync(out(), { recursive: true });
});

test('five epochs at chance are reported', async () => {
  mockSteps(() => 0.7);
  const { warnings } = await trainGuarded({
    epochs: 6,
    classWeight: 'balanced',
    validationSteps: 1,
    learningRate: 1e-12,
  });
  expect(warnings).toEqual([expect.stringMatching(/^the network is stuck at chance: .* 0\.500, .* 0\.765; /)]);
});

test.each([
  ['every file', 4, /^train has no usable image of "dog": none of its 4 can be decoded; the first: .*not an image/],
  ['nine of ten', 10, /^train: 9 of 10 tested images of "cat" cannot be used; the first: /],
])('a class of which %s is unreadable is reported before the first epoch', async (_, badCount, message) => {
  const damaged = join(root, `damaged-${badCount}`);
  for (let index = 0; index < 10; index++) writePhotograph(join(damaged, 'train/cat', `${index}.png`), index);
  for (let index = 0; index < 4; index++) writePhotograph(join(damaged, 'train/dog', `${index}.png`), 50 + index);
  const [className, first] = badCount === 4 ? ['dog', 0] : ['cat', 1];
  for (let index = first; index < badCount; index++) {
    writeFileSync(join(damaged, 'train', className, `${index}.png`), 'version https://git-lfs.github.com/spec/v1');
  }
  let steps = 0;
  const training = trainGuarded({ data: damaged, validationSplit: 0, check: false }, () => steps++);
  if (badCount === 4) await expect(training).rejects.toMatchObject({ code: 'BAD_DATASET', message });
  else expect((await training).warnings).toContainEqual(expect.stringMatching(message));
  expect(steps > 0).toBe(badCount !== 4);
  rmSync(out(), { recursive: true, force: true });
});

test('bad images are reported before the first step ends', async () => {
  const damaged = join(root, 'one-bad');
  for (let index = 0; index < 8; index++) {
    writePhotograph(join(damaged, 'cat', `${index}.png`), index);
    writePhotograph(join(damaged, 'dog', `${index}.png`), 50 + index);
  }
  writeFileSync(join(damaged, 'cat/3.png'), 'none');
  const told: string[] = [];
  const { record } = await train({
    data: damaged,
    out: out(),
    ...TINY,
    validationSplit: 0,
    onEvent: ({ type }) => told.push(type),
  });
  expect(told.indexOf('bad-image')).toBeLessThan(told.indexOf('epoch-ended'));
  expect(told.filter((type) => type === 'bad-image')).toHaveLength(1);
  expect(record.classCounts).toEqual({ train: [7, 8], validation: [0, 0] });
});
