import { expect, test } from 'vitest';
import type { ChannelMetrics } from '../../src/channels/report.js';
import { type DrawnImage, metricsOf, relu, tallyImages } from './channel-fixture.js';

const filled = <Value>(count: number, value: (index: number) => Value) =>
  Array.from({ length: count }, (_, at) => value(at));

// Worked out on paper. Of x, in cats [1 2 3 4] and [0 0 2 2], in dogs [4 4 4 8] and [-1 3 3 3], a layer of four channels makes
// relu(x), relu(-x), relu(2x) and relu(0).
const pictures: [classIndex: number, values: number[]][] = [
  [0, [1, 2, 3, 4]],
  [0, [0, 0, 2, 2]],
  [1, [4, 4, 4, 8]],
  [1, [-1, 3, 3, 3]],
];
const images: DrawnImage[] = pictures.map(([classIndex, values]) => ({
  classIndex,
  channels: [1, -1, 2, 0].map((factor) => values.map((value) => Math.max(0, factor * value))),
}));
const layer = metricsOf(tallyImages(images, 2));
const [plain, negated, doubled, dead] = layer.channels as [
  ChannelMetrics,
  ChannelMetrics,
  ChannelMetrics,
  ChannelMetrics,
];

test('a channel is measured over all values of all images', () => {
  expect(plain).toMatchObject({
    state: 'active',
    firingFraction: 13 / 16,
    firingImageFraction: 1,
    mean: 43 / 16,
    min: 0,
    max: 8,
    saturatedFraction: null,
    nonFiniteImageCount: 0,
  });
  expect(plain.standardDeviation).toBeCloseTo(Math.sqrt(177 / 16 - (43 / 16) ** 2), 12);
  expect(negated).toMatchObject({ firingFraction: 1 / 16, firingImageFraction: 1 / 4, mean: 1 / 16, max: 1 });
});

test('each class has its own metrics, and how it differs from the other: dogs have more of x', () => {
  const [cats, dogs] = plain.classes;
  expect(cats).toMatchObject({ mean: 1.75, firingFraction: 6 / 8, firingImageFraction: 1, auc: 1 / 4 });
  expect(dogs).toMatchObject({ mean: 3.625, firingFraction: 7 / 8, firingImageFraction: 1, auc: 3 / 4 });
  expect(cats?.imageStandardDeviation).toBeCloseTo(Math.sqrt(1.125), 12);
  expect(dogs?.imageStandardDeviation).toBeCloseTo(Math.sqrt(3.78125), 12);
  expect(dogs?.effectSize).toBeCloseTo(1.875 / Math.sqrt((1.125 + 3.78125) / 2), 12);
  expect(cats?.effectSize).toBeCloseTo(-1.875 / Math.sqrt((1.125 + 3.78125) / 2), 12);
  expect(plain.tells).toBe(1);
  expect(plain.strongestImage).toEqual({ path: 'image-2', mean: 5 });
});

test('images on which a channel is silent are tied in truth', () => {
  expect(negated.classes.map(({ auc, firingImageFraction }) => [auc, firingImageFraction])).toEqual([
    [1 / 4, 0],
    [3 / 4, 1 / 2],
  ]);
  expect(negated.aucError).toBe(0);
});

test('a dead channel separates nothing, and is like no other', () => {
  expect(dead).toMatchObject({ state: 'dead', firingFraction: 0, standardDeviation: 0, min: 0, max: 0, tells: null });
  expect(dead.classes.map(({ auc, effectSize }) => [auc, effectSize])).toEqual([
    [0.5, null],
    [0.5, null],
  ]);
  expect(dead.strongestImage, 'of equals the first').toEqual({ path: 'image-0', mean: 0 });
  expect(layer.deadCount).toBe(1);
});

test('a channel and its duplicate are found, whatever its scale', () => {
  expect(layer.duplicates).toEqual([{ channels: [0, 2], correlation: expect.closeTo(1, 6) }]);
  expect(doubled.mean).toBe(2 * plain.mean);
});

test('how alike two channels are is their correlation over all values of all images', () => {
  const wave = (image: number, at: number) => 5 + image + 4 * Math.sin(image + at);
  const drawn = filled(4, (image) => ({
    classIndex: image % 2,
    channels: [
      filled(20, (at) => wave(image, at)),
      filled(20, (at) => wave(image, at) + 0.4 * Math.cos(3 * at)), // nearly the same
      filled(20, (at) => 5 + image - 4 * Math.sin(image + at)), // the same means, the opposite everywhere
    ],
  }));
  const [a, b] = [0, 1].map((channel) => drawn.flatMap(({ channels }) => channels[channel] as number[]));
  const expected = correlate(a as number[], b as number[]);
  expect(expected).toBeGreaterThan(0.99);
  const { duplicates } = metricsOf(tallyImages(drawn, 2));
  expect(duplicates).toEqual([{ channels: [0, 1], correlation: expect.closeTo(expected, 5) }]);
});

/** Pearson's coefficient, by its definition. */
function correlate(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (one: readonly number[], m: number, other: readonly number[], n: number) =>
    one.reduce((sum, value, at) => sum + (value - m) * ((other[at] as number) - n), 0);
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

test('a channel that is finite on no image has zeros', () => {
  const broken = filled(2, (classIndex) => ({ classIndex, channels: [[Number.NaN, 1]] }));
  expect(metricsOf(tallyImages(broken, 2)).channels[0]).toMatchObject({
    ...{ mean: 0, min: 0, max: 0, standardDeviation: 0, firingFraction: 0, firingImageFraction: 0 },
    ...{ nonFiniteImageCount: 2, strongestImage: null },
  });
});

test('a layer says how sparse it is, how many channels are silent on an image, and how far apart the classes are', () => {
  expect(layer.sparsity).toBeCloseTo(1 - (13 + 1 + 13 + 0) / 64, 12);
  expect(layer.silentFraction).toBeCloseTo(1 - (1 + 1 / 4 + 1 + 0) / 4, 12);
  // Of the dead one, nothing is told apart: it does not count.
  expect(layer.separation).toEqual({ best: 0.75, median: 0.75 });
});

test('without classes everything else is measured the same', () => {
  const { channels, separation } = metricsOf(
    tallyImages(
      images.map((image) => ({ ...image, classIndex: 0 })),
      0,
    ),
    false,
  );
  expect(separation).toBeNull();
  expect(channels[0]).toEqual({ ...plain, classes: [], tells: null, aucError: null });
});

test.each([
  ['fires on 1 image of 200', filled(200, (at) => (at === 7 ? 1 : 0)), 10, 'nearly-dead'],
  ['fires on 1 image of 100', filled(100, (at) => (at === 7 ? 1 : 0)), 10, 'active'],
  ['fires everywhere, but at 1 value of 2,000', filled(3, () => 1), 2000, 'nearly-dead'],
  ['fires everywhere, at 1 value of 1,000', filled(3, () => 1), 1000, 'active'],
] as const)('a channel that %s has that state', (_, firing, positions, state) => {
  const drawn = firing.map((value) => ({
    classIndex: 0,
    channels: [filled(positions, (at) => (at === 0 ? value : 0))],
  }));
  expect(metricsOf(tallyImages(drawn, 0), false).channels[0]?.state).toBe(state);
});

test('a bounded channel at its ends is saturated, from 99 % of its values on', () => {
  const layerOf = (count: number) => {
    const drawn = [{ classIndex: 0, channels: [filled(200, (at) => (at < count ? at % 2 : 0.5))] }];
    const sigmoid = { ...relu, range: [0, 1] as [number, number] };
    return metricsOf(
      tallyImages(drawn, 0, () => true, [0.01, 0.99]),
      false,
      sigmoid,
    );
  };
  expect(layerOf(198).channels[0]).toMatchObject({ state: 'saturated', saturatedFraction: 0.99 });
  expect(layerOf(197).channels[0]).toMatchObject({ state: 'active', saturatedFraction: 0.985 });
});

test('an image with NaN or infinities in a channel counts in no metric of that channel, and in all of the others', () => {
  const broken = {
    classIndex: 1,
    channels: [
      [Number.NaN, 1, 1, 1],
      [1, 1, 1, 1],
      [9, 0, 0, 0],
      [Infinity, 0, 0, 0],
    ],
  };
  const { channels, duplicates } = metricsOf(tallyImages([...images, broken], 2));
  expect(channels[0]).toEqual({ ...plain, nonFiniteImageCount: 1 });
  expect(channels[1]).toMatchObject({ nonFiniteImageCount: 0, firingImageFraction: 2 / 5 });
  expect(channels[3]).toEqual({ ...dead, nonFiniteImageCount: 1 });
  expect(duplicates).toEqual([]);
});

test('of two classes a channel separates the one that it responds more to, however its AUC is rounded', () => {
  // A dog that is brighter than `place` of 9 cats has an AUC of place / 9, and the cats 1 - place / 9.
  const told = filled(10, (place) => {
    const images = filled(10, (index) => {
      const value = index < 9 ? 2 * index + 2 : 2 * place + 1;
      return { classIndex: index < 9 ? 0 : 1, channels: [[value, value]] };
    });
    return metricsOf(tallyImages(images, 2)).channels[0]?.tells;
  });
  expect(told).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
});

test('of three classes a channel separates the one that differs most, also by being silent', () => {
  const three = [5, 5.5, 6, 4.5, 5, 6, 0, 1, 2].map((value, index) => ({
    classIndex: Math.floor(index / 3),
    channels: [[value, value]],
  }));
  const [channel] = metricsOf(tallyImages(three, 3)).channels;
  expect(channel?.tells).toBe(2);
  expect(channel?.classes[2]).toMatchObject({ auc: 0 });
  expect(channel?.classes[2]?.effectSize).toBeLessThan(-2);
});
