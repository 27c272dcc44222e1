import { expect, test } from 'vitest';
import { describeDiscrimination } from '../../src/channels/describe-discrimination.js';

const ofClass = (auc: number | null, effectSize: number | null = null) => ({
  ...{ mean: 0, imageStandardDeviation: null, firingFraction: 0, firingImageFraction: 0 },
  ...{ auc, effectSize },
});

function describe(tells: number | null, areas: (number | null)[], imageCount = 500): string | undefined {
  const classes = areas.map((_, index) => ({ className: ['cats', 'dogs', 'foxes'][index] as string, imageCount }));
  return describeDiscrimination(classes, { tells, classes: areas.map((auc) => ofClass(auc, auc && (auc - 0.5) * 4)) });
}

test('the class that a channel responds more to, with AUC and effect size', () => {
  expect(describe(1, [0.25, 0.75])).toBe('responds more to dogs (AUC 0.75, effect size 1.00)');
});

test('of more classes than two it may be the one that the channel responds less to', () => {
  expect(describe(0, [0.125, 0.625, 0.625])).toBe('responds less to cats (AUC 0.13, effect size \u22121.50)');
});

test('an AUC near 0.5 is not called an answer to a class', () => {
  expect(describe(1, [0.46, 0.54])).toBe('hardly separates the classes (AUC 0.54 for dogs)');
  expect(describe(1, [0.44, 0.56])).toContain('responds more to dogs');
});

test('nor is one that few images have by chance: of 8 and 8, 2 standard errors are 0.298', () => {
  expect(describe(1, [0.21, 0.79], 8)).toContain('hardly');
  expect(describe(1, [0.19, 0.81], 8)).toContain('responds more to dogs');
});

test('a channel that separates no class is not said to', () => {
  expect([describe(null, [0.5, 0.5]), describe(0, [null, null]), describe(null, [])]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
