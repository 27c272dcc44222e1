import { expect, test } from 'vitest';
import { isImprovement, monitoredValues } from '../../src/runs/monitor.js';

test('a loss improves downwards and an accuracy upwards, by more than the minimal difference; a tie does not count', () => {
  expect(isImprovement('val_loss', 0.4, 0.5)).toBe(true);
  expect(isImprovement('loss', 0.5, 0.5)).toBe(false);
  expect(isImprovement('val_loss', 0.4, 0.5, 0.2)).toBe(false);
  expect(isImprovement('val_accuracy', 0.6, 0.5)).toBe(true);
  expect(isImprovement('accuracy', 0.4, 0.5)).toBe(false);
  expect(isImprovement('accuracy', 0.6, 0.5, 0.2)).toBe(false);
});

test('what is no finite number improves nothing; anything else is better than none', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(isImprovement('val_loss', value, undefined)).toBe(false);
    expect(isImprovement('val_accuracy', value, 0.5)).toBe(false);
  }
  expect(isImprovement('val_loss', 1e9, undefined)).toBe(true);
});

test('metrics are found by the names that Keras has for them', () => {
  const history = { loss: [1], acc: [2], val_loss: [3], val_acc: [4] };
  const names = ['loss', 'accuracy', 'val_loss', 'val_accuracy'] as const;
  expect(names.flatMap((name) => monitoredValues(history, name))).toEqual([1, 2, 3, 4]);
});
