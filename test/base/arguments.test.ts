import { expect, test } from 'vitest';
import { requireInteger, requireNumber, requireOneOf, requireText } from '../../src/base/arguments.js';
import { CnnvizError } from '../../src/base/errors.js';

function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'BAD_ARGUMENT') return error.message;
    throw error;
  }
  return 'allowed';
}

test('a whole number in its range is allowed', () => {
  expect(messageOf(() => requireInteger('epochs', 1, 1))).toBe('allowed');
  expect(messageOf(() => requireInteger('seed', 7, 0, 7))).toBe('allowed');
});

test('other numbers are refused with the range', () => {
  expect(messageOf(() => requireInteger('epochs', 0, 1))).toBe(
    'epochs: expected a whole number of at least 1, received 0',
  );
  expect(messageOf(() => requireInteger('seed', 8, 0, 7))).toBe(
    'seed: expected a whole number from 0 to 7, received 8',
  );
  expect(messageOf(() => requireInteger('epochs', 1.5, 1))).toContain('received 1.5');
  expect(messageOf(() => requireInteger('epochs', Number.NaN, 1))).toContain('received NaN');
});

test('a number that is not finite never passes', () => {
  const check = (value: number) => messageOf(() => requireNumber('rate', value, 'a positive number', (x) => x > 0));
  expect(check(0.1)).toBe('allowed');
  expect(check(Number.POSITIVE_INFINITY)).toContain('rate: expected a positive number, received Infinity');
  expect(check(-1)).toContain('received -1');
});

test('a choice outside the list is refused with the list', () => {
  expect(messageOf(() => requireOneOf('optimizer', 'sgd', ['adam', 'sgd']))).toBe('allowed');
  expect(messageOf(() => requireOneOf('optimizer', 'adamax', ['adam', 'sgd']))).toBe(
    'optimizer: expected one of adam, sgd, received "adamax"',
  );
});

test('an absent or empty text is refused', () => {
  expect(messageOf(() => requireText('data', 'pets', 'a folder'))).toBe('allowed');
  expect(messageOf(() => requireText('data', '', 'a folder'))).toBe('data: expected a folder, received ""');
  expect(messageOf(() => requireText('data', undefined, 'a folder'))).toContain('received nothing');
});
