import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/base/random.js';
import { Factorization } from '../../src/groups/factorization.js';
import { type FoundGroups, findGroups } from '../../src/groups/find-groups.js';
import { shuffleColumns } from '../../src/groups/layer-sample.js';
import { GroupMeter } from '../../src/groups/measure-strengths.js';
import type { Matrix } from '../../src/groups/products.js';

// By scikit-learn: scripts/nmf.py
interface KnownCase {
  rows: number;
  columns: number;
  count: number;
  values: number[];
  share: number;
  weights: number[];
  given: number[];
}
const known = JSON.parse(readFileSync(new URL('../fixtures/nmf.json', import.meta.url), 'utf8')) as KnownCase[];

const toTheEnd = { growth: 1e-13, steps: 5000 };
const matrixOf = ({ rows, columns, values }: Omit<KnownCase, 'count' | 'share' | 'weights' | 'given'>): Matrix => ({
  ...{ rows, columns },
  values: Float32Array.from(values),
});
const rowsOf = (values: ArrayLike<number>, columns: number) =>
  Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values).slice(row * columns, (row + 1) * columns),
  );
const cosine = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, each, at) => sum + each * (b[at] as number), 0) / (Math.hypot(...a) * Math.hypot(...b));

/** For each row of the one the nearest of the other, each taken once. */
function match(wanted: readonly number[][], found: readonly number[][]): { at: number; cosine: number }[] {
  return wanted.map((row) => {
    const cosines = found.map((each) => cosine(row, each));
    const best = Math.max(...cosines);
    return { at: cosines.indexOf(best), cosine: best };
  });
}

const find = (matrix: Matrix, count: number, seed = 1, starts = 8) =>
  findGroups(matrix, { count, seed, starts, limits: toTheEnd }, async () => undefined);

test.each([...known.keys()])("case %i comes to scikit-learn's groups, and to what they explain", async (index) => {
  const wanted = known[index] as KnownCase;
  const { columns, count } = wanted;
  const found = await find(matrixOf(wanted), count);
  expect(found.share).toBeGreaterThan(wanted.share - 1e-5);
  expect(found.share).toBeLessThan(wanted.share + 1e-4);
  const pairs = match(rowsOf(wanted.weights, columns), rowsOf(found.weights, columns));
  expect(new Set(pairs.map(({ at }) => at)).size).toBe(count);
  for (const pair of pairs) expect(pair.cosine).toBeGreaterThan(0.999);
});

test.each([...known.keys()])('case %i: strengths of known groups are those of scikit-learn', (index) => {
  const { rows, columns, count, values, weights, given, share } = known[index] as KnownCase;
  const groups: FoundGroups = { count, weights: Float64Array.from(weights), share, recurrences: [] };
  const meter = new GroupMeter(groups);
  const sums = meter.createSums();
  const measured = meter.measure(Float32Array.from(values));
  measured.addTo(sums);
  const largest = Math.max(...given);
  expect(measured.values).toHaveLength(rows * count);
  measured.values.forEach((value, at) => {
    expect(Math.abs(value - (given[at] as number))).toBeLessThan(2e-4 * largest);
  });
  // By the definition: the squares of what is left, place by place.
  let rest = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let fitted = 0;
      for (let group = 0; group < count; group++)
        fitted += (measured.values[row * count + group] as number) * (weights[group * columns + column] as number);
      rest += ((values[row * columns + column] as number) - fitted) ** 2;
    }
  }
  expect(sums.rest / sums.squares).toBeCloseTo(rest / sums.squares, 6);
  expect(1 - sums.rest / sums.squares).toBeCloseTo(share, 4);
});

test('a matrix of exact rank is recovered, up to order and scale', async () => {
  // Each group has a channel of its own, and each place is a mixture: the factorization is then the only one.
  const groups = [
    [1, 0, 0, 0.5, 0],
    [0, 2, 0, 0.5, 1],
    [0, 0, 3, 0, 1],
  ];
  const random = createRandom(3, 'sample');
  const strengths = [
    ...[0, 1, 2].map((group) => groups.map((_, at) => (at === group ? 1 : 0))),
    ...Array.from({ length: 30 }, () => groups.map(random)),
  ];
  const values = strengths.flatMap((row) =>
    [0, 1, 2, 3, 4].map((column) =>
      row.reduce((sum, each, group) => sum + each * (groups[group]?.[column] as number), 0),
    ),
  );
  const found = await find(matrixOf({ rows: strengths.length, columns: 5, values }), 3);
  expect(found.share).toBeCloseTo(1, 6);
  const pairs = match(groups, rowsOf(found.weights, 5));
  expect(pairs.map(({ at }) => at).sort()).toEqual([0, 1, 2]);
  for (const pair of pairs) expect(pair.cosine).toBeCloseTo(1, 3);
  for (const recurrence of found.recurrences) expect(recurrence).toBeCloseTo(1, 3);
  for (const row of rowsOf(found.weights, 5)) expect(Math.hypot(...row)).toBeCloseTo(1, 10);
});

test('a seed gives the same groups, and no step explains less', async () => {
  const matrix = matrixOf(known[1] as KnownCase);
  const [first, again, other] = [await find(matrix, 3, 5, 2), await find(matrix, 3, 5, 2), await find(matrix, 3, 6, 2)];
  expect(again).toEqual(first);
  expect(other.weights).not.toEqual(first.weights);
  const factorization = new Factorization(matrix, 4, createRandom(1, 'groups', 0));
  for (let step = 0; step < 40; step++) expect(factorization.step()).toBeGreaterThan(-1e-12);
});

test('more groups than the matrix has are left out, and of nothing there are none', async () => {
  const values = Array.from({ length: 20 }, (_, row) => [row % 3, 2 * (row % 3), 0]).flat();
  const one = await find({ rows: 20, columns: 3, values: Float32Array.from(values) }, 3);
  expect(one.count).toBe(1);
  expect(one.share).toBeCloseTo(1, 10);
  const none = await find({ rows: 4, columns: 2, values: new Float32Array(8) }, 2);
  expect(none).toEqual({ count: 0, weights: new Float64Array(0), share: 1, recurrences: [] });
});

test('a search that is stopped between two steps ends', async () => {
  let steps = 0;
  const stopped = findGroups(matrixOf(known[0] as KnownCase), { count: 3, seed: 1, starts: 4 }, async () => {
    steps++;
    if (steps === 3) throw new Error('stopped');
  });
  await expect(stopped).rejects.toThrow('stopped');
});

test('where channels have nothing to do with each other, the control explains as much and is found again as well', async () => {
  const random = createRandom(4, 'sample');
  const values = Float32Array.from({ length: 400 * 8 }, () => Math.max(0, random() - 0.5));
  const matrix = { rows: 400, columns: 8, values };
  const own = await find(matrix, 4, 1, 4);
  const shuffled = await find(shuffleColumns(matrix, 1), 4, 1, 4);
  expect(Math.abs(own.share - shuffled.share)).toBeLessThan(0.02);
  // Each by itself looks like a group: only the control says that it is none.
  expect(Math.max(...own.recurrences)).toBeGreaterThan(0.6);
  expect(Math.max(...own.recurrences)).toBeLessThan(Math.max(...shuffled.recurrences) + 0.15);
});
