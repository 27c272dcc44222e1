import { expect, test } from 'vitest';
import { chooseExitCode } from '../../../src/commands/train/choose-exit-code.js';

test.each([
  [[0, 0], 0],
  [[75, 1], 1],
  [[75, 137], 75],
  [[137, 75], 75],
  [[143, 143], 143],
  [[0, 2], 2],
])('workers that ended with %j end with %i together', (codes, expected) => {
  expect(chooseExitCode(codes)).toBe(expected);
});
