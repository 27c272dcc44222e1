import { expect, it } from 'vitest';
import { nextTile } from '../../../../src/page/client/layer/grid-keys.js';

it('arrow keys lead through the rows, and never out of the grid', () => {
  // 0 1 2 3
  // 4 5 6
  const from = (index: number) => (key: string) => nextTile(key, index, 7, 4);
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map(from(1))).toEqual([2, 0, 5, 1, 0, 6]);
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map(from(6))).toEqual([6, 5, 6, 2]);
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown'].map(from(3))).toEqual([4, 2, 3]);
  expect(from(1)('Enter')).toBeUndefined();
});
