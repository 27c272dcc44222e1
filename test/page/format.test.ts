import { expect, it } from 'vitest';
import { formatOutput, formatPercent } from '../../src/page/format.js';

it('percentages never round to a certainty that they are not', () => {
  expect([0.973, 1, 0.99951, 0, 0.0004, 0.5, Number.NaN].map(formatPercent)).toEqual([
    '97.3 %',
    '100 %',
    'over 99.9 %',
    '0 %',
    'under 0.1 %',
    '50 %',
    'undefined',
  ]);
});

it('outputs are without the batch, with commas', () => {
  expect([formatOutput([1, 148, 148, 32]), formatOutput([1, 6272])]).toEqual(['148 × 148 × 32', '6,272']);
});
