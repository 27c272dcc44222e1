import { expect, test } from 'vitest';
import { isImprovement } from '../../src/runs/monitor.js';
import { isPatienceOver } from '../../src/training/early-stopping.js';
import { keras, scriptedValues } from './callback-fixture.js';

test('it is over when the best epoch lies patience epochs back', () => {
  expect(isPatienceOver([0.9, 0.5, 0.6], 'val_loss', 2)).toBe(false);
  expect(isPatienceOver([0.9, 0.5, 0.6, 0.5], 'val_loss', 2)).toBe(true); // a tie is no improvement
  expect(isPatienceOver([0.9, 0.5, 0.6, 0.4], 'val_loss', 2)).toBe(false);
  expect(isPatienceOver([0.9, 0.5, 0.6], 'val_accuracy', 2)).toBe(true);
  expect(isPatienceOver([], 'val_loss', 0)).toBe(false);
});

test('a NaN is no improvement, not even as the first value', () => {
  expect(isPatienceOver([Number.NaN, 0.7, 0.6, 0.5], 'val_loss', 1)).toBe(false);
  expect(isPatienceOver([0.7, Number.NaN, Number.NaN], 'val_loss', 2)).toBe(true);
});

test.each(keras.earlyStopping)(
  '$monitor, patience $patience: Keras stops after epoch $epochs, and so it is',
  ({ monitor, patience, epochs, stopped, bestEpoch }) => {
    const values = scriptedValues(monitor);
    const over = values.map((_, index) => isPatienceOver(values.slice(0, index + 1), monitor, patience));
    expect(over.indexOf(true)).toBe(stopped ? epochs - 1 : -1);
    expect(findBest(values.slice(0, epochs), (value, best) => isImprovement(monitor, value, best))).toBe(bestEpoch);
  },
);

/** The epoch, from 1, that a run would keep as its best. */
function findBest(values: number[], isBetter: (value: number, best: number | undefined) => boolean): number {
  let best: number | undefined;
  let epoch = 0;
  for (const [index, value] of values.entries()) {
    if (!isBetter(value, best)) continue;
    best = value;
    epoch = index + 1;
  }
  return epoch;
}
