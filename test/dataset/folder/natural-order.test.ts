import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNaturally } from '../../../src/dataset/folder/natural-order.js';

test('numbers in names are compared as numbers', () => {
  const names = ['cat.10.jpg', 'cat.9.jpg', 'cat.100.jpg', 'cat.jpg', 'cat.0.jpg', 'Cat.3.jpg', 'b/2.jpg', 'b/11.jpg'];
  expect(names.sort(compareNaturally)).toEqual([
    'Cat.3.jpg',
    'b/2.jpg',
    'b/11.jpg',
    'cat.0.jpg',
    'cat.9.jpg',
    'cat.10.jpg',
    'cat.100.jpg',
    'cat.jpg',
  ]);
});

test('numbers beyond 2^53 and leading zeros have one order', () => {
  const names = ['x90071992547409930', 'x90071992547409920', 'x007', 'x07', 'x8'];
  expect(names.sort(compareNaturally)).toEqual(['x007', 'x07', 'x8', 'x90071992547409920', 'x90071992547409930']);
});

test('it is an order: turned around it has the other sign, and only a name itself is equal to it', () => {
  const name = fc.stringMatching(/^[ab.0-9]{0,6}$/);
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      const [ab, ba, bc, ac] = [
        [a, b],
        [b, a],
        [b, c],
        [a, c],
      ].map(([x, y]) => Math.sign(compareNaturally(x as string, y as string))) as [number, number, number, number];
      return ab === -ba && (ab === 0) === (a === b) && (ab > 0 || bc > 0 || ac <= 0);
    }),
  );
});
