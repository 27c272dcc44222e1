import { describe, expect, test } from 'vitest';
import { assess } from '../../src/evaluation/assess.js';
import { traceRoc } from '../../src/evaluation/roc.js';
import type { Scores } from '../../src/evaluation/scores.js';
import { wilsonInterval } from '../../src/evaluation/wilson-interval.js';
import fixture from '../fixtures/evaluation.json' with { type: 'json' };

/** Rounded so that sums in another order are equal. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toFixed(12)) : part));
}

describe.each(fixture.cases)('scikit-learn and we agree on $name', (expected) => {
  const scores: Scores = {
    classCount: expected.classCount,
    classIndexes: Int32Array.from(expected.classIndexes),
    probabilities: Float32Array.from(expected.probabilities),
    imageIndexes: Int32Array.from(expected.classIndexes.keys()),
  };
  const assessment = assess(scores);
  const { classes, macro, calibration } = assessment;

  test('accuracy, confusion matrix, precision, recall and F1', () => {
    expect(assessment.accuracy).toBe(expected.accuracy);
    expect(assessment.confusionMatrix).toEqual(expected.confusionMatrix);
    const { precision, recall, f1, support } = expected;
    const received = { precision: [], recall: [], f1: [], support: [] } as Record<string, (number | null)[]>;
    for (const metrics of classes) {
      for (const name of ['precision', 'recall', 'f1', 'support'] as const) received[name]?.push(metrics[name]);
    }
    expect(rounded(received)).toEqual(rounded({ precision, recall, f1, support }));
    expect(rounded([macro.precision, macro.recall, macro.f1])).toEqual(rounded(expected.macro));
  });

  test('the ROC curve and the area below it', () => {
    expect(rounded(classes.map(({ rocAuc }) => rocAuc))).toEqual(rounded(expected.rocAuc));
    const curve = traceRoc(scores, expected.classCount - 1);
    const points = curve?.map(({ falsePositiveRate, truePositiveRate }) => [falsePositiveRate, truePositiveRate]);
    expect(rounded(points ?? null)).toEqual(rounded(expected.rocOfLastClass));
  });

  test('calibration', () => {
    const used = calibration.bins.filter(({ count }) => count > 0);
    expect(rounded(used.map(({ accuracy }) => accuracy))).toEqual(rounded(expected.calibration.accuracy));
    expect(rounded(used.map(({ confidence }) => confidence))).toEqual(rounded(expected.calibration.confidence));
    expect(calibration.expectedError).toBeCloseTo(expected.calibration.expectedError, 12);
  });
});

test.each(fixture.wilson)('scipy and we agree on $successCount of $count', ({ successCount, count, interval }) => {
  const { low, high } = wilsonInterval(successCount, count);
  expect(rounded([low, high])).toEqual(rounded(interval));
});
