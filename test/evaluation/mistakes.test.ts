import { expect, test } from 'vitest';
import { findMistakes } from '../../src/evaluation/mistakes.js';
import { ScoreSheet } from '../../src/evaluation/scores.js';

test('the less probable the true class was found, the worse; equals keep their order', () => {
  const sheet = new ScoreSheet(10, 2);
  sheet.add(Float32Array.of(0.75, 0.25, 0.5), Int32Array.of(0, 0, 1), Int32Array.of(4, 5, 6));
  sheet.add(Float32Array.of(0.875, 0.25), Int32Array.of(0, 1), Int32Array.of(8, 9));
  const shared = { trueClass: 0, predictedClass: 1 };
  expect(findMistakes(sheet.scores)).toEqual([
    { imageIndex: 8, ...shared, probability: 0.875, trueProbability: 0.125 },
    { imageIndex: 4, ...shared, probability: 0.75, trueProbability: 0.25 },
    { imageIndex: 9, trueClass: 1, predictedClass: 0, probability: 0.75, trueProbability: 0.25 },
    { imageIndex: 6, trueClass: 1, predictedClass: 0, probability: 0.5, trueProbability: 0.5 },
  ]);
});

test('several units are the probabilities of as many classes', () => {
  const sheet = new ScoreSheet(1, 3);
  sheet.add(Float32Array.of(0.25, 0.125, 0.625), Int32Array.of(1), Int32Array.of(0));
  expect(findMistakes(sheet.scores)).toEqual([
    { imageIndex: 0, trueClass: 1, predictedClass: 2, probability: 0.625, trueProbability: 0.125 },
  ]);
});
