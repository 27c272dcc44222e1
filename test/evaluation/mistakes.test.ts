import { expect, test } from 'vitest';
import { findMistakes, rankByLabel } from '../../src/evaluation/mistakes.js';
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

test('every image has a place by the probability of its label, also where the network agrees with it', () => {
  const sheet = new ScoreSheet(10, 3);
  sheet.add(
    Float32Array.of(0.5, 0.25, 0.25, 0.125, 0.75, 0.125, 0, 0.125, 0.875, 0.25, 0.5, 0.25),
    Int32Array.of(0, 2, 2, 2),
    Int32Array.of(3, 4, 5, 7),
  );
  const ranked = rankByLabel(sheet.scores);
  expect(ranked.map(({ imageIndex, trueProbability }) => [imageIndex, trueProbability])).toEqual([
    [4, 0.125],
    [7, 0.25],
    [3, 0.5],
    [5, 0.875],
  ]);
  expect(ranked[0]).toMatchObject({ trueClass: 2, predictedClass: 1, probability: 0.75 });
  expect(ranked[3]).toMatchObject({ trueClass: 2, predictedClass: 2, probability: 0.875 });
});
