import { expect, test } from 'vitest';
import {
  formatFixed,
  formatNumber,
  formatPercent,
  formatSigned,
  formatSignificant,
  formatWithin,
} from '../../src/base/numbers.js';

test.each([
  [0, '0'],
  [1, '1'],
  [0.123456, '0.123'],
  [-0.5, '\u22120.5'],
  [1234.5, '1,234.5'],
  [-12345.678, '\u221212,346'],
  [99999.9, '100,000'],
  [0.00012345, '1.23e\u22124'],
  [-2e7, '\u22122e7'],
])('%d reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('more digits where they are asked for, and signs', () => {
  expect([formatSignificant(-1.25346, 4), formatSignificant(0.000123456, 5)]).toEqual([
    '\u22121.253',
    '1.2346e\u22124',
  ]);
  expect([0.5, 0, -0.5].map(formatSigned)).toEqual(['+0.5', '0', '\u22120.5']);
});

test('decimal places, with a minus sign but never before 0', () => {
  expect([0.5907, -0.154, -0.004, 1234.5].map((value) => formatFixed(value, 2))).toEqual([
    '0.59',
    '\u22120.15',
    '0.00',
    '1,234.50',
  ]);
});

test('percentages have one decimal place and never round to a certainty that they are not', () => {
  expect([0.973, 0.96, 1, 0.99951, 0, 0.0004, 0.5, Number.NaN].map(formatPercent)).toEqual([
    '97.3 %',
    '96.0 %',
    '100.0 %',
    'over 99.9 %',
    '0.0 %',
    'under 0.1 %',
    '50.0 %',
    'undefined',
  ]);
});

test.each([
  [0.68512, 0.0056, '0.685 ± 0.006'],
  [-0.0704, 0.05, '\u22120.07 ± 0.05'],
  [12.34, 2, '12 ± 2'],
  [0.5, 0, '0.5'],
  [Number.NaN, 0.1, 'NaN'],
])('%d within %d is %s', (value, accuracy, text) => {
  expect(formatWithin(value, accuracy)).toBe(text);
});
