import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LayerTally, mergeTally } from '../../src/channels/tally.js';
import { type DrawnImage, metricsOf, tallyImages } from './channel-fixture.js';

const value = fc.oneof(
  fc.constant(0),
  fc.float({ min: -8, max: 8, noNaN: true }),
  fc.float({ min: Math.fround(-1e-6), max: Math.fround(1e6), noNaN: true }),
);
const image: fc.Arbitrary<DrawnImage> = fc.record({
  classIndex: fc.integer({ min: 0, max: 1 }),
  channels: fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
});

/** All that is counted, none of it rounded. */
const countsOf = ({ classes, minima, maxima, saturatedCounts, nonFiniteCounts, strongest }: LayerTally) => ({
  classes: classes.map(({ imageCounts, firingImageCounts, firingCounts }) => [
    imageCounts,
    firingImageCounts,
    firingCounts,
  ]),
  extremes: [minima, maxima],
  others: [saturatedCounts, nonFiniteCounts],
  strongest,
});

test('shards in any order add up to one pass: counts to the last bit, means to 1e-12', () => {
  const shuffledShards = fc
    .integer({ min: 1, max: 5 })
    .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }));
  fc.assert(
    fc.property(fc.array(image, { minLength: 1, maxLength: 12 }), shuffledShards, (images, order) => {
      const whole = tallyImages(images, 2);
      const shards = order.map((shard) => tallyImages(images, 2, (index) => index % order.length === shard));
      const merged = shards.reduce((into, shard) => {
        mergeTally(into, shard);
        return into;
      });
      expect(countsOf(merged)).toEqual(countsOf(whole));
      const [actual, expected] = [metricsOf(merged), metricsOf(whole)];
      for (const [channel, metrics] of expected.channels.entries()) {
        const own = actual.channels[channel];
        expect(own?.state).toBe(metrics.state);
        expect(own?.classes.map(({ auc }) => auc)).toEqual(metrics.classes.map(({ auc }) => auc));
        const scale = Math.max(Math.abs(metrics.min), Math.abs(metrics.max));
        expect(Math.abs((own?.mean ?? Number.NaN) - metrics.mean)).toBeLessThanOrEqual(1e-12 * scale);
        expect(Math.abs((own?.standardDeviation ?? Number.NaN) - metrics.standardDeviation)).toBeLessThanOrEqual(
          1e-12 * scale,
        );
      }
    }),
    { numRuns: 200 },
  );
});
