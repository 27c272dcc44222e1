import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatCount } from '../../src/base/counts.js';

describe('formatCount', () => {
  it('groups thousands as English does', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(formatCount(count)).toBe(count.toLocaleString('en-US'));
      }),
    );
  });
});

describe('formatAmount', () => {
  it('counts in the singular, the plural and thousands', () => {
    expect([1, 2, 1234].map((count) => formatAmount(count, 'image'))).toEqual(['1 image', '2 images', '1,234 images']);
    expect(formatAmount(2, 'class', 'classes')).toBe('2 classes');
  });
});
