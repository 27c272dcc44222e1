import { expect, test } from 'vitest';
import { type Schedule, scheduledRate } from '../../src/training/learning-rate.js';
import { keras } from './callback-fixture.js';

function rates(change: Partial<Schedule>, count: number): number[] {
  const schedule: Schedule = {
    kind: 'cosine',
    learningRate: 8,
    finalLearningRate: 0,
    warmupSteps: 0,
    totalSteps: 4,
    ...change,
  };
  return Array.from({ length: count }, (_, step) => scheduledRate(schedule, step));
}

function expectClose(values: number[], expected: number[]): void {
  expect(values).toHaveLength(expected.length);
  for (const [index, value] of values.entries()) expect(value).toBeCloseTo(expected[index] as number, 12);
}

test('a cosine falls as worked out on paper, and stays at its final rate', () => {
  // 8 * (1 + cos(0, pi/4, pi/2, 3pi/4)) / 2 = 8, 4 + 2 sqrt 2, 4, 4 - 2 sqrt 2
  expectClose(rates({}, 6), [8, 4 + Math.SQRT2 * 2, 4, 4 - Math.SQRT2 * 2, 0, 0]);
  expectClose(rates({ finalLearningRate: 4 }, 6), [8, 6 + Math.SQRT2, 6, 6 - Math.SQRT2, 4, 4]);
});

test('a warm-up grows from 0 by equal steps, and the rest begins after it', () => {
  expectClose(rates({ warmupSteps: 2, totalSteps: 4 }, 5), [0, 4, 8, 4, 0]);
  expect(rates({ kind: 'constant', warmupSteps: 4 }, 7)).toEqual([0, 2, 4, 6, 8, 8, 8]);
  expect(rates({ kind: 'constant' }, 3)).toEqual([8, 8, 8]);
});

test.each(keras.cosine)(
  "$total steps, $warmup of them warm-up, are Keras's",
  ({ total, warmup, rate, final, ...made }) => {
    const change = { learningRate: rate, finalLearningRate: final, warmupSteps: warmup, totalSteps: total };
    const own = rates(change, made.rates.length);
    // Keras computes in float32
    for (const [step, value] of own.entries()) {
      expect(Math.abs(value - (made.rates[step] as number)), `step ${step}`).toBeLessThan(rate * 2e-7);
    }
  },
);
