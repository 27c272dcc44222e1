import { expect, test } from 'vitest';
import { formatNumber, formatShape } from '../../src/rendering/format.js';

test.each([
  [0, '0'],
  [1, '1'],
  [0.123456, '0.123'],
  [-0.5, '\u22120.5'],
  [1234.5, '1234.5'],
  [12345.678, '12346'],
  [0.00012345, '1.23e\u22124'],
  [-2e7, '\u22122e7'],
])('%d reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('a shape reads as Keras prints it', () => {
  expect(formatShape([1, 148, 148, 32])).toBe('(1, 148, 148, 32)');
});
