import { expect, test } from 'vitest';
import { beginProgress } from '../../src/runs/training-progress.js';
import { watchLoss } from '../../src/training/loss-watch.js';

/** What is told of losses, the first being that of step 1. */
function tell(losses: number[], firstMean: number | undefined, progress = beginProgress()): string[] {
  if (firstMean !== undefined) progress.history = { loss: [firstMean] };
  return losses.flatMap((loss, index) => watchLoss(progress, loss, index + 1) ?? []);
}

const times = (count: number, loss: number) => new Array<number>(count).fill(loss);

test('twenty steps in a row above ten times the first mean are reported, once', () => {
  expect(tell([...times(5, 1), ...times(40, 5.01)], 0.5)).toEqual([
    "the loss has been over 10 times the first epoch's mean (0.5000) for 20 steps, 5.010 at step 25: " +
      'a lower --learning-rate may help',
  ]);
});

test('nineteen are not, nor twenty with a lower one between, nor ten times the mean itself', () => {
  expect(tell(times(19, 6), 0.5)).toEqual([]);
  expect(tell([...times(19, 6), 5, ...times(19, 6)], 0.5)).toEqual([]);
  expect(tell(times(100, 5), 0.5)).toEqual([]);
});

test('a loss that diverges again is reported again', () => {
  expect(tell([...times(20, 6), 1, ...times(20, 7)], 0.5)).toHaveLength(2);
});

test('there is nothing to compare with in the first epoch', () => {
  expect(tell(times(50, 1000), undefined)).toEqual([]);
});

test('a run that goes on counts on from where it was stopped', () => {
  const progress = beginProgress();
  expect(tell(times(19, 6), 0.5, progress)).toEqual([]);
  const resumed = structuredClone(progress);
  expect(tell([6], 0.5, resumed)).toHaveLength(1);
  expect(tell([6], 0.5, resumed)).toEqual([]);
});
