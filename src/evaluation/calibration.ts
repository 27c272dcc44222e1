// Whether the network is right as often as it says.

import { predictedClass, probabilityOf, type Scores } from './scores.js';

/** The images whose confidence lies above `from` and not above `to`; the first bin holds 0 too. */
export interface CalibrationBin {
  from: number;
  to: number;
  count: number;
  /** mean probability of the class that was predicted; null without images */
  confidence: number | null;
  /** part of them that was right; null without images */
  accuracy: number | null;
}

export interface Calibration {
  /** expected calibration error, 0..1: how far confidence and accuracy are apart, on average over the images */
  expectedError: number;
  /** of equal width, 0 to 1 */
  bins: CalibrationBin[];
}

/** As many bins as in the paper. */
const BIN_COUNT = 15;

/**
 * Whether the network is right as often as it says: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
 * Networks", ICML 2017, equations 2 and 3.
 */
export function measureCalibration(scores: Scores): Calibration {
  const sums = Array.from({ length: BIN_COUNT }, () => ({ count: 0, confidence: 0, correct: 0 }));
  scores.classIndexes.forEach((classIndex, image) => {
    const predicted = predictedClass(scores, image);
    const confidence = probabilityOf(scores, image, predicted);
    const bin = sums[findBin(confidence)] as (typeof sums)[number];
    bin.count++;
    bin.confidence += confidence;
    if (predicted === classIndex) bin.correct++;
  });
  const distance = sums.reduce((sum, { confidence, correct }) => sum + Math.abs(correct - confidence), 0);
  return {
    expectedError: distance / scores.classIndexes.length,
    bins: sums.map(({ count, confidence, correct }, index) => ({
      from: index / BIN_COUNT,
      to: (index + 1) / BIN_COUNT,
      count,
      confidence: count === 0 ? null : confidence / count,
      accuracy: count === 0 ? null : correct / count,
    })),
  };
}

function findBin(confidence: number): number {
  return Math.min(BIN_COUNT - 1, Math.max(0, Math.ceil(confidence * BIN_COUNT) - 1));
}
