import { expect, test } from 'vitest';
import type { Trainer } from '../../src/engines/contract/trainer.js';
import { beginProgress } from '../../src/runs/training-progress.js';
import { guardTrainer } from '../../src/training/guard-trainer.js';

const batch = { inputs: new Float32Array(), size: 4, targets: new Float32Array() };
const settings = (step: number) => ({ learningRate: 0.1, seed: 1, step });

/** A guarded trainer whose numbers are these, in its third epoch. */
function guard(change: { loss?: number; lossSum?: number; weights?: number[]; slots?: number[] }) {
  const { loss = 1, lossSum = 1, weights = [1], slots = [1] } = change;
  const array = (name: string, values: number[]) => [
    { name, shape: [values.length], values: Float32Array.from(values) },
  ];
  const state = { weights: array('conv2d_1/kernel', weights), slots: array('rms/conv2d_1/kernel', slots) };
  const trainer = {
    engine: 'layers',
    trainStep: async () => ({ loss, correctCount: 2 }),
    evaluateBatch: async () => ({ lossSum, correctCount: 2, outputs: new Float32Array() }),
    updateModel: async () => state,
    readState: async () => state,
  } as unknown as Trainer;
  const progress = { ...beginProgress(), epoch: 2, step: 14, history: { loss: [0.05, 0.04] } };
  const told: string[] = [];
  return { trainer: guardTrainer(trainer, progress, (message) => told.push(message)), state, told };
}

test('good numbers pass as they are', async () => {
  const { trainer, state, told } = guard({ loss: 0.5, weights: [-1e38, 1e38, -0, 1e-45] });
  expect(await trainer.trainStep(batch, settings(14))).toEqual({ loss: 0.5, correctCount: 2 });
  expect(await trainer.evaluateBatch(batch)).toMatchObject({ lossSum: 1 });
  expect(await trainer.updateModel()).toBe(state);
  expect(told).toEqual([]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('a loss of %s ends it', async (loss) => {
  await expect(guard({ loss }).trainer.trainStep(batch, settings(14))).rejects.toMatchObject({
    code: 'DIVERGED',
    message: `the loss is ${loss} at step 15 (epoch 3)`,
  });
});

test('so does a validation loss', async () => {
  await expect(guard({ lossSum: Number.NaN }).trainer.evaluateBatch(batch)).rejects.toMatchObject({
    code: 'DIVERGED',
    message: 'the validation loss is NaN at the end of epoch 3',
  });
});

test.each([
  [{ weights: [1, Number.NaN, 1] }, 'conv2d_1/kernel contains NaN or infinity at step 14'],
  [{ weights: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] }, 'conv2d_1/kernel'],
  [{ slots: [1, Number.POSITIVE_INFINITY] }, 'rms/conv2d_1/kernel'],
])('and no non-finite weight or slot is handed out for saving: %j', async (numbers, message) => {
  await expect(guard(numbers).trainer.updateModel()).rejects.toMatchObject({
    code: 'DIVERGED',
    message: expect.stringContaining(message),
  });
});

test('a diverging loss is reported with its step', async () => {
  const { trainer, told } = guard({ loss: 0.6 });
  for (let step = 14; step < 40; step++) await trainer.trainStep(batch, settings(step));
  expect(told).toEqual([expect.stringContaining('0.6000 at step 34')]);
});
