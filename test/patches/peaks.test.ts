import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPeaks, createPeaks, listPeaks, mergePeaks, type PeakTally } from '../../src/patches/peaks.js';

interface Image {
  classIndex: number;
  /** [channel]: mean, largest value, its place */
  channels: (readonly [mean: number, maximum: number, place: number])[];
}

function tally(images: readonly Image[], count: number, takes: (index: number) => boolean = () => true): PeakTally {
  const peaks = createPeaks(2, 2, count);
  images.forEach(({ classIndex, channels }, fileIndex) => {
    if (!takes(fileIndex)) return;
    const [means, maxima, places] = [0, 1, 2].map((part) =>
      Float32Array.from(channels, (each) => each[part] as number),
    );
    const found = {
      name: '',
      means: means as Float32Array,
      maxima: maxima as Float32Array,
      places: places as Float32Array,
    };
    addPeaks(peaks, found, 0, classIndex, fileIndex);
  });
  return peaks;
}

const seen = (...peaks: [number, number][]): Image[] =>
  peaks.map(([maximum, place]) => ({
    classIndex: 0,
    channels: [
      [maximum / 2, maximum, place],
      [0, 0, 0],
    ],
  }));

test('the strongest come first, of equals the first image, and no more than wanted', () => {
  const peaks = tally(seen([1, 4], [3, 5], [2, 6], [3, 7]), 3);
  expect(listPeaks(peaks, 0)).toEqual([
    { value: 3, mean: 1.5, fileIndex: 1, place: 5 },
    { value: 3, mean: 1.5, fileIndex: 3, place: 7 },
    { value: 2, mean: 1, fileIndex: 2, place: 6 },
  ]);
});

test('a channel has no peak on an image where it does not fire, or where a value is not finite', () => {
  const images = seen([-1, 0], [0, 0], [2, 3], [Number.NaN, 0]);
  const peaks = tally(images, 9);
  expect(listPeaks(peaks, 0)).toEqual([{ value: 2, mean: 1, fileIndex: 2, place: 3 }]);
  expect(listPeaks(peaks, 1)).toEqual([]);
  expect(peaks.firingImageCounts).toEqual(Float64Array.of(1, 0));
  expect(peaks.nonFiniteImageCounts).toEqual(Float64Array.of(1, 0));
});

test('of images that reach the end of an activation, those with the larger mean come first, and all are counted', () => {
  const reaching = (...means: number[]): Image[] =>
    means.map((mean) => ({
      classIndex: 0,
      channels: [
        [mean, 6, 0],
        [mean, mean, 0],
      ],
    }));
  const peaks = tally([...seen([5, 0]), ...reaching(0.5, 2, 1, 2), ...seen([5, 0])], 3);
  expect(listPeaks(peaks, 0).map(({ fileIndex }) => fileIndex)).toEqual([2, 4, 3]);
  expect(peaks.highestImageCounts).toEqual(Float64Array.of(4, 2));
});

const level = fc.constantFrom(0, 0.5, 1, 2, 3);
const mean = fc.constantFrom(0, 0.5, 1, 2, 3, Number.NaN);
const image: fc.Arbitrary<Image> = fc.record({
  classIndex: fc.integer({ min: 0, max: 1 }),
  channels: fc.array(fc.tuple(mean, level, fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 2 }),
});

test('shards in any order add up to one pass, to the last bit, also where values are equal', () => {
  const shuffledShards = fc
    .integer({ min: 1, max: 4 })
    .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }));
  fc.assert(
    fc.property(
      fc.array(image, { maxLength: 20 }),
      shuffledShards,
      fc.integer({ min: 1, max: 4 }),
      (all, order, kept) => {
        const shards = order.map((shard) => tally(all, kept, (index) => index % order.length === shard));
        const [merged, ...others] = shards as [PeakTally, ...PeakTally[]];
        for (const other of others) mergePeaks(merged, other);
        const { means, ...whole } = tally(all, kept);
        expect(merged).toMatchObject(whole);
        expect(merged.means.flat().map(({ zeroCount }) => zeroCount)).toEqual(
          means.flat().map(({ zeroCount }) => zeroCount),
        );
      },
    ),
    { numRuns: 200 },
  );
});
