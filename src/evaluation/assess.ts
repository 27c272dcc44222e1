// Every metric of an evaluation, computed from the scores alone.

import { type Calibration, measureCalibration } from './calibration.js';
import { averageClasses, type ClassMetrics, type CountedClassMetrics, mean, measureClasses } from './class-metrics.js';
import { type ConfusionMatrix, countConfusions } from './confusion-matrix.js';
import { areaUnderRoc, traceRoc } from './roc.js';
import type { Scores } from './scores.js';
import { type Interval, wilsonInterval } from './wilson-interval.js';

export interface AssessedClass extends CountedClassMetrics {
  /** area under the ROC curve of this class against the rest, 0..1; null when all images are of it, or none is */
  rocAuc: number | null;
}

/** What is to be said about a classifier, from its scores alone. */
export interface Assessment {
  /** 0..1 */
  accuracy: number;
  /** 95 % confidence interval of the accuracy */
  accuracyInterval: Interval;
  classes: AssessedClass[];
  /** means over the classes */
  macro: ClassMetrics;
  /** mean over the classes that have one (two have the same); null without any */
  rocAuc: number | null;
  calibration: Calibration;
  confusionMatrix: ConfusionMatrix;
}

/** @param scores of at least one image */
export function assess(scores: Scores): Assessment {
  const count = scores.classIndexes.length;
  const confusionMatrix = countConfusions(scores);
  const correctCount = confusionMatrix.reduce((sum, row, index) => sum + (row[index] as number), 0);
  const areas = measureAreas(scores);
  const classes = measureClasses(confusionMatrix).map((metrics, index) => ({
    ...metrics,
    rocAuc: areas[index] as number | null,
  }));
  return {
    accuracy: correctCount / count,
    accuracyInterval: wilsonInterval(correctCount, count),
    classes,
    macro: averageClasses(classes),
    rocAuc: mean(areas),
    calibration: measureCalibration(scores),
    confusionMatrix,
  };
}

/** Of two classes one is the other's mirror image, and only the second one's probability is free of rounding. */
function measureAreas(scores: Scores): (number | null)[] {
  const areaOf = (classIndex: number) => {
    const curve = traceRoc(scores, classIndex);
    return curve === undefined ? null : areaUnderRoc(curve);
  };
  if (scores.classCount === 2) return new Array<number | null>(2).fill(areaOf(1));
  return Array.from({ length: scores.classCount }, (_, index) => areaOf(index));
}
