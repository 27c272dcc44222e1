import { expect, test } from 'vitest';
import { balanceClasses, countClasses } from '../../../src/dataset/folder/class-balance.js';

test('files are counted class by class, a class without files too', () => {
  const files = [0, 2, 2, 0, 2].map((classIndex) => ({ path: '', classIndex }));
  expect(countClasses(files, 4)).toEqual([2, 0, 3, 0]);
});

test('an example of class c weighs n / (k n_c)', () => {
  // 10 of 2 classes: 10 / (2 x 8) and 10 / (2 x 2); 12 of 3: 12 / (3 x 6), 12 / (3 x 4), 12 / (3 x 2)
  expect(balanceClasses([8, 2])).toEqual([0.625, 2.5]);
  expect(balanceClasses([6, 4, 2])).toEqual([12 / 18, 1, 2]);
  expect(balanceClasses([5, 5])).toEqual([1, 1]);
});
