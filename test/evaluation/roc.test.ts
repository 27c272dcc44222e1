import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaUnderRoc, traceRoc } from '../../src/evaluation/roc.js';
import { ScoreSheet } from '../../src/evaluation/scores.js';

function scoreTwoClasses(examples: readonly (readonly [probability: number, isPositive: boolean])[]) {
  const sheet = new ScoreSheet(examples.length, 2);
  const classes = Int32Array.from(examples, ([, isPositive]) => (isPositive ? 1 : 0));
  sheet.add(
    Float32Array.from(examples, ([probability]) => probability),
    classes,
    Int32Array.from(examples.keys()),
  );
  return sheet.scores;
}

test('images of equal probability pass a threshold together', () => {
  const scores = scoreTwoClasses([
    [0.75, true],
    [0.5, false],
    [0.5, true],
    [0.25, false],
  ]);
  expect(traceRoc(scores, 1)).toEqual([
    { falsePositiveRate: 0, truePositiveRate: 0 },
    { falsePositiveRate: 0, truePositiveRate: 0.5 },
    { falsePositiveRate: 0.5, truePositiveRate: 1 },
    { falsePositiveRate: 1, truePositiveRate: 1 },
  ]);
});

test('images of one class have no curve', () => {
  expect(traceRoc(scoreTwoClasses([[0.5, true]]), 1)).toBeUndefined();
  expect(traceRoc(scoreTwoClasses([[0.5, true]]), 0)).toBeUndefined();
});

test('the area is the part of the pairs in the right order, ties counting half', () => {
  const example = fc.tuple(
    fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(example, { minLength: 2, maxLength: 30 }), (examples) => {
      const positives = examples.filter(([, isPositive]) => isPositive);
      const negatives = examples.filter(([, isPositive]) => !isPositive);
      fc.pre(positives.length > 0 && negatives.length > 0);
      const wins = positives.flatMap(([high]) => negatives.map(([low]) => (high > low ? 1 : high === low ? 0.5 : 0)));
      const expected = wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
      expect(areaUnderRoc(traceRoc(scoreTwoClasses(examples), 1) ?? [])).toBeCloseTo(expected, 12);
    }),
  );
});
