import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureDensities } from '../../src/channels/densities.js';
import { intervalOf, listBins } from '../../src/channels/histogram.js';
import { type LayerTally, mergeTally } from '../../src/channels/tally.js';
import { tallyImages } from './channel-fixture.js';

/** One channel of one place. */
const imagesOf = (means: readonly number[][]) =>
  means.flatMap((ofClass, classIndex) => ofClass.map((mean) => ({ classIndex, channels: [[mean]] })));

test('worked out by hand: a class and the others on one scale, each adding up to 1', () => {
  // Powers of two begin a bin, which is at most 1/128 wide.
  const tally = tallyImages(imagesOf([[0, 0, 0, 1], [4, 4], [2]]), 3);
  const densities = measureDensities(tally, 0, 0);
  expect(densities?.low).toBe(0);
  expect(densities?.high).toBe(4 + 4 / 128);
  // Four bins of (4 + 1/32) / 4 = 1 + 1/128: the first ends where the bin that holds 1 ends, the second holds that of 2.
  expect(densities?.groups.map((shares) => Array.from(shares))).toEqual([
    [1, 0, 0, 0],
    [0, expect.closeTo(1 / 3, 12), 0, expect.closeTo(2 / 3, 12)],
  ]);
});

test('without a class all images are one group', () => {
  expect(measureDensities(tallyImages(imagesOf([[0, 8]]), 0), 0, null)?.groups.map((each) => [...each])).toEqual([
    [0.5, 0, 0, 0.5],
  ]);
});

test('there is nothing to compare where a group is empty or every mean is the same', () => {
  expect(measureDensities(tallyImages(imagesOf([[1, 2], []]), 2), 0, 0)).toBeNull();
  expect(measureDensities(tallyImages(imagesOf([[0], [0]]), 2), 0, 0)).toBeNull();
});

test('a bin holds the numbers that are counted in it', () => {
  for (const value of [1e-30, 0.37, 1, 2 ** 127, -5.5, -1e-7]) {
    const tally = tallyImages(imagesOf([[value]]), 0);
    const [bin] = listBins(tally.classes[0]?.histograms[0] as never);
    const { from, to } = intervalOf(bin?.place as number);
    const float = Math.fround(value);
    expect([from <= float, float <= to, to - from <= Math.abs(float) / 127]).toEqual([true, true, true]);
  }
});

test('shards in any number give the densities of one pass, to the last bit', () => {
  const mean = fc.oneof(fc.constant(0), fc.float({ min: -8, max: 8, noNaN: true }));
  const drawn = fc.array(fc.tuple(mean, fc.integer({ min: 0, max: 2 })), { minLength: 3, maxLength: 60 });
  fc.assert(
    fc.property(drawn, fc.integer({ min: 1, max: 4 }), (pairs, count) => {
      const images = pairs.map(([value, classIndex]) => ({ classIndex, channels: [[value]] }));
      const [first, ...others] = Array.from({ length: count }, (_, shard) =>
        tallyImages(images, 3, (index) => index % count === shard),
      ) as [LayerTally, ...LayerTally[]];
      for (const other of others) mergeTally(first, other);
      const whole = measureDensities(tallyImages(images, 3), 0, 1);
      expect(measureDensities(first, 0, 1)).toEqual(whole);
      for (const group of whole?.groups ?? []) {
        expect(group.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }
    }),
    { numRuns: 100 },
  );
});
