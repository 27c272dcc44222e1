import { expect, test } from 'vitest';
import { evaluateOutputs } from '../../src/training/evaluation.js';

const judge = (outputs: number[], classes: number[]) =>
  evaluateOutputs(Float32Array.from(outputs), Int32Array.from(classes));

test('one sigmoid unit is the probability of the second class', () => {
  const { lossSum, correctCount } = judge([0.25, 0.25, 0.75], [0, 1, 1]);
  expect(lossSum).toBeCloseTo(-Math.log(0.75) - Math.log(0.25) - Math.log(0.75), 6);
  expect(correctCount).toBe(2);
});

test('exactly .5 is the first class, as in Keras', () => {
  expect(judge([0.5, 0.5], [0, 1]).correctCount).toBe(1);
});

test('of several units the largest wins', () => {
  const { lossSum, correctCount } = judge([0.5, 0.25, 0.25, 0.125, 0.375, 0.5], [0, 1]);
  expect(lossSum).toBeCloseTo(-Math.log(0.5) - Math.log(0.375), 6);
  expect(correctCount).toBe(1);
});

test('a sure mistake costs 16.1 and a sure hit nothing', () => {
  expect(judge([1], [0]).lossSum).toBeCloseTo(16.118, 3);
  expect(judge([1], [1]).lossSum).toBeCloseTo(0, 6);
});
