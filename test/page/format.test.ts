import { expect, it } from 'vitest';
import { formatOutput } from '../../src/page/format.js';

it('outputs are without the batch, with commas', () => {
  expect([formatOutput([1, 148, 148, 32]), formatOutput([1, 6272])]).toEqual(['148 × 148 × 32', '6,272']);
});
