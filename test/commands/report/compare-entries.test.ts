import { expect, it } from 'vitest';
import { findNeighbors } from '../../../src/commands/report/compare-entries.js';

const query = (features: number[], weights = features.map(() => 1)) => ({
  features: Float32Array.from(features),
  weights: Float32Array.from(weights),
});

it('finds the most alike others of each image, itself never', () => {
  const queries = [query([1, 0]), query([0, 1]), query([2, 0.1]), query([0.1, 3]), query([1, 1]), query([1, 1.1])];
  const neighbors = findNeighbors(queries) as number[][];
  expect(neighbors.map((own) => own.length)).toEqual([4, 4, 4, 4, 4, 4]);
  expect(neighbors[0]?.slice(0, 2)).toEqual([2, 4]);
  expect(neighbors[1]?.slice(0, 2)).toEqual([3, 5]);
  expect(neighbors[4]?.[0]).toBe(5);
});

it('counts a feature as much as it adds to the score', () => {
  const queries = [query([1, 1], [1, 0]), query([1, -1]), query([1, 1.5]), query([-1, 1])];
  // The second feature is nothing to the first image: 1 and 2 are equally alike, the first of equals comes first.
  expect(findNeighbors(queries)?.[0]).toEqual([1, 2, 3]);
});

it('compares none without features, and not too many with each other', () => {
  expect(findNeighbors([query([]), query([])])).toBeUndefined();
  expect(findNeighbors([query([1, 2]), query([]), query([2, 3])])).toEqual([[2], [], [0]]);
  const many = new Array(10_001).fill(query(new Array(10).fill(1)));
  expect(findNeighbors(many)).toBeUndefined();
});
