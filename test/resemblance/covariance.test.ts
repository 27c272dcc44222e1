import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { factorize, solveLower } from '../../src/resemblance/cholesky.js';
import { CovarianceSums } from '../../src/resemblance/covariance.js';
import {
  assessUnlikeness,
  createProfile,
  describeUnlikeness,
  measureDistance,
} from '../../src/resemblance/training-profile.js';

interface Fixture {
  rows: number[][];
  mean: number[];
  shrinkage: number;
  covariance: number[];
  others: number[][];
  distances: number[];
}

const fixtures: Fixture[] = JSON.parse(readFileSync(new URL('../fixtures/ledoit-wolf.json', import.meta.url), 'utf8'));

function estimate(rows: readonly number[][]) {
  const sums = new CovarianceSums(rows[0]?.length ?? 0);
  for (const row of rows) sums.add(Float64Array.from(row));
  return sums.estimate();
}

const about = { identity: 'x', layerNames: ['pool'], imageCount: 3 };

test.each(fixtures.map((fixture) => [fixture.rows.length, fixture.mean.length, fixture] as const))(
  "%i rows of %i numbers have scikit-learn's shrunk covariance and distances",
  (_, size, { rows, mean, shrinkage, covariance, others, distances }) => {
    const found = estimate(rows);
    expect(found.shrinkage).toBeCloseTo(shrinkage, 9);
    const scale = Math.max(...covariance.map(Math.abs));
    for (let at = 0; at < size; at++) expect((found.mean[at] as number) / (mean[at] as number)).toBeCloseTo(1, 12);
    for (const [at, value] of covariance.entries())
      expect((found.covariance[at] as number) / scale).toBeCloseTo(value / scale, 9);
    const profile = createProfile(found, about);
    if (profile === undefined) throw new Error('not positive definite');
    for (const [at, row] of others.entries())
      expect(measureDistance(profile, Float64Array.from(row)) / (distances[at] as number)).toBeCloseTo(1, 6);
  },
);

test('the factor of a matrix worked out on paper', () => {
  const factor = factorize(Float64Array.of(4, 0, 0, 2, 10, 0, 6, 9, 19), 3);
  expect([...(factor ?? [])]).toEqual([2, 0, 0, 1, 3, 0, 3, 2, Math.sqrt(6)]);
  expect([...solveLower(Float64Array.of(2, 0, 1, 3), 2, Float64Array.of(4, 11))]).toEqual([2, 3]);
});

test('a matrix that is not positive definite has no factor', () => {
  expect(factorize(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  expect(
    createProfile(
      estimate([
        [1, 2],
        [1, 2],
      ]),
      about,
    ),
  ).toBeUndefined();
});

test('an image is unlike when enough of the held-out images are less unlike; broken numbers are infinitely far', () => {
  const identity = { mean: Float64Array.of(0, 0), covariance: Float64Array.of(1, 0, 0, 1), shrinkage: 0 };
  const profile = createProfile(identity, about);
  if (profile === undefined) throw new Error('not positive definite');
  profile.distances = Float64Array.from({ length: 20 }, (_, at) => at + 1);
  const assess = (...row: number[]) => assessUnlikeness(profile, Float64Array.from(row));
  expect(assess(3, 4)).toEqual({ distance: 5, share: 4 / 20, heldOutCount: 20, isUnlike: false });
  expect(assess(0, 19)).toMatchObject({ share: 18 / 20, isUnlike: false });
  expect(assess(0, -19.5)).toMatchObject({ share: 19 / 20, isUnlike: false });
  expect(assess(0, 20.5)).toMatchObject({ share: 1, isUnlike: true });
  expect(assess(Number.NaN, 0)).toEqual({
    distance: Number.POSITIVE_INFINITY,
    share: 1,
    heldOutCount: 20,
    isUnlike: true,
  });
  expect(describeUnlikeness(assess(0, 1))).toBeUndefined();
  expect(describeUnlikeness(assess(0, 21))).toMatch(/^unlike the training images, more than all 20 held-out images: /);
});

test.each([1, 10, 18, 19, 20, 39, 99, 100, 1000])(
  'beside %i held-out images an ordinary image is unlike with a probability of at most 1 in 20',
  (count) => {
    const profile = createProfile({ mean: Float64Array.of(0), covariance: Float64Array.of(1), shrinkage: 0 }, about);
    if (profile === undefined) throw new Error('not positive definite');
    profile.distances = Float64Array.from({ length: count }, (_, at) => at + 1);
    // An ordinary image has any of count + 1 places among the others, each as likely.
    const places = Array.from({ length: count + 1 }, (_, below) =>
      assessUnlikeness(profile, Float64Array.of(below + 0.5)),
    );
    expect(places.filter(({ isUnlike }) => isUnlike)).toHaveLength(Math.floor((count + 1) / 20));
    const last = places.findLast(({ share }) => share < 1);
    if (last?.isUnlike)
      expect(describeUnlikeness(last)).toContain(` % of ${count === 1000 ? '1,000' : count} held-out images: `);
  },
);
