import { expect, it } from 'vitest';
import type { ChannelMetrics } from '../../src/channels/report.js';
import { describeMetrics } from '../../src/page/channel-metrics.js';

const report = {
  data: { path: 'test', split: null, imageCount: 1000, badImageCount: 0 },
  classes: [
    { className: 'cats', imageCount: 500 },
    { className: 'dogs', imageCount: 500 },
  ],
};

const ofClass = (auc: number | null, effectSize: number | null) => ({
  ...{ mean: 0, imageStandardDeviation: null, firingFraction: 0, firingImageFraction: 0 },
  ...{ auc, effectSize },
});

const metrics = (some: Partial<ChannelMetrics>): ChannelMetrics => ({
  ...{ channel: 0, state: 'active', firingFraction: 0, firingImageFraction: 0, mean: 0, standardDeviation: 0 },
  ...{ min: 0, max: 0, saturatedFraction: null, nonFiniteImageCount: 0, aucError: null, strongestImage: null },
  ...{ classes: [ofClass(0.25, -0.5), ofClass(0.75, 0.5)], tells: 1 },
  ...some,
});

it('a channel is described by its state and the class that it separates', () => {
  expect(describeMetrics(report, metrics({}))).toBe(
    'Over 1,000 images: responds more to dogs (AUC 0.75, effect size 0.50)',
  );
  expect(describeMetrics(report, metrics({ state: 'nearly-dead', classes: [ofClass(0.6, null)], tells: 0 }))).toBe(
    'Over 1,000 images: nearly dead; responds more to cats (AUC 0.60)',
  );
  expect(describeMetrics(report, metrics({ state: 'dead', tells: null }))).toBe('Over 1,000 images: dead');
  expect(describeMetrics(report, metrics({ tells: null }))).toBeUndefined();
});
