import { expect, it } from 'vitest';
import { findNearName, suggest } from '../../src/base/near-name.js';

it.each([
  ['cat', ['dogs', 'cats'], 'cats'],
  ['conv2d1', ['conv2d_1', 'conv2d_2'], 'conv2d_1'],
  ['IMG.JPG', ['img.jpg', 'notes.txt'], 'img.jpg'],
  ['cast', ['cats'], 'cats'],
  ['bird', ['cats', 'dogs'], undefined],
  ['nosuch', ['pets', 'runs'], undefined],
  ['', ['a', 'b'], 'a'],
  ['x', [], undefined],
])('takes %s, of %j, for %s', (wanted, names, near) => {
  expect(findNearName(wanted, names)).toBe(near);
});

it('begins a hint with it', () => {
  expect(suggest('cat', ['cats'])).toBe('Did you mean cats? ');
  expect(suggest('bird', ['cats'])).toBe('');
});
