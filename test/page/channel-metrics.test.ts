import { expect, it } from 'vitest';
import { describeMetrics } from '../../src/page/channel-metrics.js';

const report = {
  imageCount: 1000,
  classes: [
    { className: 'cats', imageCount: 500 },
    { className: 'dogs', imageCount: 500 },
  ],
};

it('a channel is described by its state and the class that it separates', () => {
  const dogs = { tells: 1, auc: 0.75, effectSize: 0.5 };
  expect(describeMetrics(report, { state: 'active', ...dogs })).toBe(
    'Over 1,000 images: responds more to dogs (AUC 0.75, effect size 0.50)',
  );
  expect(describeMetrics(report, { state: 'nearly-dead', tells: 0, auc: 0.6, effectSize: null })).toBe(
    'Over 1,000 images: nearly dead; responds more to cats (AUC 0.60)',
  );
  const nothing = { tells: null, auc: null, effectSize: null };
  expect(describeMetrics(report, { state: 'dead', ...nothing })).toBe('Over 1,000 images: dead');
  expect(describeMetrics(report, { state: 'active', ...nothing })).toBeUndefined();
});
