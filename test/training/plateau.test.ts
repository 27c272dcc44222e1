import { expect, test } from 'vitest';
import { type Plateau, plateauRate } from '../../src/training/plateau.js';
import { keras, scriptedValues } from './callback-fixture.js';

const paper: Plateau = {
  ...{ monitor: 'val_loss', factor: 0.5, patience: 2, minDelta: 0.1, cooldown: 0, minLearningRate: 0 },
};

test('the rate falls after the second epoch in a row without improvement, and the count starts again', () => {
  const values = [1, 0.95, 0.91, 0.85, 0.8, 0.8, 0.7, 0.7, 0.7];
  // bests: 1, then .85 (0.95 and .91 are within .1 of 1: halved after the third epoch), then .7
  const scales = values.map((_, index) => plateauRate(1, values.slice(0, index + 1), paper));
  expect(scales).toEqual([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125]);
});

test('an accuracy is to rise', () => {
  expect(plateauRate(1, [0.5, 0.7, 0.9], { ...paper, monitor: 'val_accuracy' })).toBe(1);
  expect(plateauRate(1, [0.9, 0.7, 0.5], { ...paper, monitor: 'accuracy' })).toBe(0.5);
});

test('epochs of a cooldown are not counted, though an improvement in one is', () => {
  const values = [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5];
  // halved after the third epoch; of a cooldown of 2 the fourth is left out, and the fifth counts: one of 1 does nothing
  const rateAfter = (count: number, cooldown: number) => plateauRate(1, values.slice(0, count), { ...paper, cooldown });
  expect([3, 4, 5, 6].map((count) => rateAfter(count, 2))).toEqual([0.5, 0.5, 0.5, 0.25]);
  expect([3, 4, 5, 6].map((count) => rateAfter(count, 1))).toEqual([0.5, 0.5, 0.25, 0.25]);
  expect([7, 8, 9].map((count) => rateAfter(count, 5))).toEqual([0.5, 0.5, 0.25]);
});

test('a rate falls to the least one and no further; one that is below it already stays', () => {
  const plateau = { ...paper, minLearningRate: 0.3 };
  const halvedTwice = [1, 1, 1, 1, 1];
  expect([1, 0.7, 0.2].map((rate) => plateauRate(rate, halvedTwice, plateau))).toEqual([0.3, 0.3, 0.2]);
  expect(plateauRate(1, halvedTwice.slice(0, 3), plateau)).toBe(0.5);
});

test.each(keras.plateau)(
  "$monitor, factor $factor, patience $patience, minimal difference $min_delta, cooldown $cooldown, lower end $min_lr: the rates are Keras's",
  ({ monitor, factor, patience, min_delta: minDelta, cooldown, min_lr: minLearningRate, rates }) => {
    const values = scriptedValues(monitor);
    const plateau = { monitor, factor, patience, minDelta, cooldown, minLearningRate };
    for (const [epoch, rate] of rates.entries()) {
      // Keras multiplies in float32, again and again
      const own = plateauRate(1e-3, values.slice(0, epoch), plateau);
      expect(own / rate, `epoch ${epoch + 1}`).toBeCloseTo(1, 6);
    }
  },
);
