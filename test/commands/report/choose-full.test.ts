import { expect, it } from 'vitest';
import { chooseFull } from '../../../src/commands/report/choose-full.js';

const candidates = [
  { image: 'set/a.jpg', probability: 0.9 },
  { image: 'set/b.jpg', probability: 0.1 },
  { image: 'named.jpg', probability: 0.99 },
  { image: 'set/c.jpg', probability: 0.1 },
  { image: 'other.jpg', probability: 0.5 },
];

it('shows what was named itself, then what the network found the least probable', () => {
  const named = ['set', 'other.jpg', 'named.jpg'];
  expect(chooseFull(candidates, named, 4)).toEqual([2, 4, 1, 3]);
  expect(chooseFull(candidates, ['set'], 2)).toEqual([1, 3]);
  expect(chooseFull(candidates, named, 99)).toEqual([2, 4, 1, 3, 0]);
  expect(chooseFull(candidates, named, 0)).toEqual([]);
});

it('shows the same of a folder and of all its files, which are too many to be shown in full', () => {
  const files = candidates.map(({ image }) => image);
  expect(chooseFull(candidates, files, 2)).toEqual(chooseFull(candidates, ['.'], 2));
  expect(chooseFull(candidates, files, 5)).toEqual([0, 1, 2, 3, 4]);
});
