import { expect, test } from 'vitest';
import type { StepSettings, Trainer } from '../../src/engines/contract/trainer.js';
import { beginProgress } from '../../src/runs/training-progress.js';
import type { ExampleStream } from '../../src/training/examples.js';
import { type EpochReport, isComplete, runTraining, type TrainingLoop } from '../../src/training/loop.js';

/**
 * A trainer whose losses are told in advance: step n of training costs n + 1, and every second example is right.
 *
 * @param start batches of training already given
 */
function makeLoop(change: Partial<TrainingLoop> = {}, sizes: number[] = [4], start = 0) {
  const settings: StepSettings[] = [];
  const trainer = {
    trainStep: async ({ size }: { size: number }, step: StepSettings) => {
      settings.push(step);
      return { loss: step.step + 1, correctCount: size / 2 };
    },
    evaluateBatch: async ({ size }: { size: number }) => ({
      lossSum: 10,
      correctCount: size,
      outputs: new Float32Array(),
    }),
  } as unknown as Trainer;
  const openStream = (given: number) =>
    ({
      waitedMs: 0,
      position: { pass: 0, offset: 0 },
      next: async () => ({
        size: sizes[given++ % sizes.length],
        inputs: new Float32Array(),
        targets: new Float32Array(),
      }),
      close: async () => undefined,
    }) as unknown as ExampleStream;
  const loop: TrainingLoop = {
    trainer,
    examples: openStream(start),
    openValidation: () => openStream(0),
    epochs: 2,
    steps: 3,
    validationSteps: 2,
    learningRate: () => 0.5,
    isEnough: () => false,
    seed: 7,
    ...change,
  };
  const told: string[] = [];
  const reports: EpochReport[] = [];
  const observer = {
    onEpochStart: (epoch: number) => void told.push(`start ${epoch}`),
    onStep: (epoch: number, step: number) => void told.push(`step ${epoch}.${step}`),
    onValidationStep: (step: number) => void told.push(`validation ${step}`),
    onEpochEnd: async ({ epoch, step }: { epoch: number; step: number }, report: EpochReport) => {
      told.push(`end ${epoch} after ${step}`);
      reports.push(report);
    },
  };
  return { loop, observer, told, reports, settings };
}

test('epochs, steps and validation come in their order', async () => {
  const { loop, observer, told, settings } = makeLoop();
  const progress = beginProgress();
  expect(await runTraining(loop, progress, observer)).toEqual({ interrupted: false });
  expect(progress).toMatchObject({ epoch: 2, step: 6, history: { loss: [2, 5] } });
  expect(told).toEqual([
    ...['start 1', 'step 1.1', 'step 1.2', 'step 1.3', 'validation 1', 'validation 2', 'end 1 after 3'],
    ...['start 2', 'step 2.1', 'step 2.2', 'step 2.3', 'validation 1', 'validation 2', 'end 2 after 6'],
  ]);
  expect(settings).toEqual([0, 1, 2, 3, 4, 5].map((step) => ({ learningRate: 0.5, seed: 7, step })));
});

test('means are over examples, not over batches', async () => {
  // Steps 1, 2, 3 of 4, 2 and 2 examples cost 1, 2 and 3; validation has 4 and 2 examples and costs 10 a batch.
  const { loop, observer, reports } = makeLoop({ epochs: 1 }, [4, 2, 2]);
  await runTraining(loop, beginProgress(), observer);
  expect(reports[0]?.metrics).toEqual({
    loss: (1 * 4 + 2 * 2 + 3 * 2) / 8,
    acc: 0.5,
    val_loss: 20 / 6,
    val_acc: 1,
    learning_rate: 0.5,
  });
});

test('a batch without a good image keeps its place and teaches nothing', async () => {
  const { loop, observer, settings, told } = makeLoop({ epochs: 1, openValidation: undefined }, [4, 0, 4]);
  await runTraining(loop, beginProgress(), observer);
  expect(settings.map(({ step }) => step)).toEqual([0, 2]);
  expect(told).toContain('step 1.2');
});

const MOMENTS: [moment: string, { epoch: number; step: number }][] = [
  ['step 1.2', { epoch: 0, step: 2 }],
  ['step 1.3', { epoch: 0, step: 3 }],
  ['validation 1', { epoch: 0, step: 3 }],
  ['end 1 after 3', { epoch: 1, step: 3 }],
  ['step 2.1', { epoch: 1, step: 4 }],
];

/** Trains with an observer that gives the signal at a moment. */
async function stopAt(moment: string) {
  const abort = new AbortController();
  const { loop, observer, told, ...made } = makeLoop({ signal: abort.signal }, [4, 2, 2]);
  const watch = <Arguments extends unknown[], Result>(call: (...given: Arguments) => Result) => {
    return (...given: Arguments) => {
      const result = call(...given);
      if (told.at(-1) === moment) abort.abort();
      return result;
    };
  };
  const progress = beginProgress();
  const outcome = await runTraining(loop, progress, {
    onEpochStart: observer.onEpochStart,
    onStep: watch(observer.onStep),
    onValidationStep: watch(observer.onValidationStep),
    onEpochEnd: watch(observer.onEpochEnd),
  });
  return { ...made, loop, observer, told, progress, outcome };
}

test.each(MOMENTS)('a signal at "%s" ends it there', async (moment, expected) => {
  const { outcome, progress, told } = await stopAt(moment);
  expect(outcome).toEqual({ interrupted: true });
  expect(progress).toMatchObject(expected);
  expect(told.at(-1)).toBe(moment);
});

test.each(MOMENTS)('stopped at "%s", it goes on to the same end', async (moment) => {
  const whole = makeLoop({}, [4, 2, 2]);
  const unbroken = beginProgress();
  await runTraining(whole.loop, unbroken, whole.observer);
  const { progress, settings, told } = await stopAt(moment);
  const kept = JSON.parse(JSON.stringify(progress)) as typeof progress; // as in a checkpoint
  const rest = makeLoop({}, [4, 2, 2], progress.step);
  await runTraining(rest.loop, kept, rest.observer);
  expect(kept).toEqual(unbroken);
  expect([...settings, ...rest.settings]).toEqual(whole.settings);
  expect([...told, ...rest.told].filter((line) => line.startsWith('end'))).toEqual(['end 1 after 3', 'end 2 after 6']);
});

test('a signal while the last epoch is saved comes too late to interrupt', async () => {
  const abort = new AbortController();
  const { loop, observer } = makeLoop({ signal: abort.signal, epochs: 1 });
  const outcome = await runTraining(loop, beginProgress(), { ...observer, onEpochEnd: async () => abort.abort() });
  expect(outcome).toEqual({ interrupted: false });
});

test('the time left falls to nothing', async () => {
  const { loop, observer } = makeLoop();
  const left: number[] = [];
  const onStep = (_: number, __: number, ___: unknown, remainingMs: number) => void left.push(remainingMs);
  await runTraining(loop, beginProgress(), { ...observer, onStep });
  expect(left.at(-1)).toBe(0);
  expect(Math.min(...left.slice(0, -1))).toBeGreaterThan(0);
});

test('each step has its own learning rate, which knows the whole epochs before it', async () => {
  const learningRate: TrainingLoop['learningRate'] = (step, { loss = [] }) => step + 100 * loss.length;
  const { loop, observer, settings } = makeLoop({ learningRate });
  const progress = beginProgress();
  await runTraining(loop, progress, observer);
  expect(settings.map((step) => step.learningRate)).toEqual([0, 1, 2, 103, 104, 105]);
  expect(progress.history.learning_rate).toEqual([2, 105]);
});

test('no further epoch begins when the history is enough, not even after a stop', async () => {
  const isEnough: TrainingLoop['isEnough'] = ({ loss = [] }) => loss.length === 2;
  const { loop, observer, told } = makeLoop({ epochs: 5, isEnough });
  const progress = beginProgress();
  expect(await runTraining(loop, progress, observer)).toEqual({ interrupted: false });
  expect(told.at(-1)).toBe('end 2 after 6');
  expect(isComplete(loop, progress)).toBe(true);
  await runTraining(loop, progress, observer);
  expect(progress.epoch).toBe(2);
});
