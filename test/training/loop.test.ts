import { expect, test } from 'vitest';
import type { ExampleStream } from '../../src/training/examples.js';
import { type EpochReport, runTraining, type TrainingLoop } from '../../src/training/loop.js';
import type { StepSettings, Trainer } from '../../src/training/trainer.js';

/** A trainer whose losses are told in advance: step n of training costs n + 1, and every second example is right. */
function makeLoop(change: Partial<TrainingLoop> = {}, sizes: number[] = [4]) {
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
  let given = 0;
  const stream = () =>
    ({
      waitedMs: 0,
      next: async () => ({
        size: sizes[given++ % sizes.length],
        inputs: new Float32Array(),
        targets: new Float32Array(),
      }),
      close: async () => undefined,
    }) as unknown as ExampleStream;
  const loop: TrainingLoop = {
    trainer,
    examples: stream(),
    openValidation: stream,
    epochs: 2,
    steps: 3,
    validationSteps: 2,
    learningRate: 0.5,
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
  expect(await runTraining(loop, observer)).toEqual({ epoch: 2, step: 6, interrupted: false });
  expect(told).toEqual([
    ...['start 1', 'step 1.1', 'step 1.2', 'step 1.3', 'validation 1', 'validation 2', 'end 1 after 3'],
    ...['start 2', 'step 2.1', 'step 2.2', 'step 2.3', 'validation 1', 'validation 2', 'end 2 after 6'],
  ]);
  expect(settings).toEqual([0, 1, 2, 3, 4, 5].map((step) => ({ learningRate: 0.5, seed: 7, step })));
});

test('means are over examples, not over batches', async () => {
  // Steps 1, 2, 3 of 4, 2 and 2 examples cost 1, 2 and 3; validation has 4 and 2 examples and costs 10 a batch.
  const { loop, observer, reports } = makeLoop({ epochs: 1 }, [4, 2, 2]);
  await runTraining(loop, observer);
  expect(reports[0]?.metrics).toEqual({
    loss: (1 * 4 + 2 * 2 + 3 * 2) / 8,
    acc: 0.5,
    val_loss: 20 / 6,
    val_acc: 1,
  });
});

test('a batch without a good photograph keeps its place and teaches nothing', async () => {
  const { loop, observer, settings, told } = makeLoop({ epochs: 1, openValidation: undefined }, [4, 0, 4]);
  await runTraining(loop, observer);
  expect(settings.map(({ step }) => step)).toEqual([0, 2]);
  expect(told).toContain('step 1.2');
});

test.each([
  ['step 1.2', { epoch: 0, step: 2 }],
  ['step 1.3', { epoch: 0, step: 3 }],
  ['validation 1', { epoch: 0, step: 3 }],
  ['end 1 after 3', { epoch: 1, step: 3 }],
  ['step 2.1', { epoch: 1, step: 4 }],
])('a signal at "%s" ends it there', async (moment, progress) => {
  const abort = new AbortController();
  const { loop, observer, told } = makeLoop({ signal: abort.signal });
  const watch = <Arguments extends unknown[], Result>(call: (...given: Arguments) => Result) => {
    return (...given: Arguments) => {
      const result = call(...given);
      if (told.at(-1) === moment) abort.abort();
      return result;
    };
  };
  const outcome = await runTraining(loop, {
    onEpochStart: observer.onEpochStart,
    onStep: watch(observer.onStep),
    onValidationStep: watch(observer.onValidationStep),
    onEpochEnd: watch(observer.onEpochEnd),
  });
  expect(outcome).toEqual({ ...progress, interrupted: true });
  expect(told.at(-1)).toBe(moment);
});

test('a signal while the last epoch is saved comes too late to interrupt', async () => {
  const abort = new AbortController();
  const { loop, observer } = makeLoop({ signal: abort.signal, epochs: 1 });
  const outcome = await runTraining(loop, { ...observer, onEpochEnd: async () => abort.abort() });
  expect(outcome).toEqual({ epoch: 1, step: 3, interrupted: false });
});

test('the time left falls to nothing', async () => {
  const { loop, observer } = makeLoop();
  const left: number[] = [];
  await runTraining(loop, { ...observer, onStep: (_, __, ___, remainingMs) => void left.push(remainingMs) });
  expect(left.at(-1)).toBe(0);
  expect(Math.min(...left.slice(0, -1))).toBeGreaterThan(0);
});
