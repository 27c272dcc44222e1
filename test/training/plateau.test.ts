import { expect, test } from 'vitest';
import { plateauScale } from '../../src/training/plateau.js';
import { keras, scriptedValues } from './callback-fixture.js';

const paper = { monitor: 'val_loss', factor: 0.5, patience: 2, minDelta: 0.1 } as const;

test('the rate falls after the second epoch in a row without improvement, and the count begins anew', () => {
  const values = [1, 0.95, 0.91, 0.85, 0.8, 0.8, 0.7, 0.7, 0.7];
  // bests: 1, then .85 (0.95 and .91 are within .1 of 1: halved after the third epoch), then .7
  const scales = values.map((_, index) => plateauScale(values.slice(0, index + 1), paper));
  expect(scales).toEqual([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125]);
});

test('an accuracy is to rise', () => {
  expect(plateauScale([0.5, 0.7, 0.9], { ...paper, monitor: 'val_accuracy' })).toBe(1);
  expect(plateauScale([0.9, 0.7, 0.5], { ...paper, monitor: 'accuracy' })).toBe(0.5);
});

test.each(keras.plateau)(
  "$monitor, factor $factor, patience $patience, minimal difference $min_delta: the rates are Keras's",
  ({ monitor, factor, patience, min_delta: minDelta, rates }) => {
    const values = scriptedValues(monitor);
    for (const [epoch, rate] of rates.entries()) {
      const scale = plateauScale(values.slice(0, epoch), { monitor, factor, patience, minDelta });
      // Keras multiplies in float32, again and again
      expect(scale * 1e-3, `epoch ${epoch + 1}`).toBeCloseTo(rate, 9 - Math.ceil(Math.log10(scale)));
    }
  },
);
