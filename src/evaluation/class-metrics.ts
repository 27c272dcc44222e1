import type { ConfusionMatrix } from './confusion-matrix.js';

/** How well images of one class are recognized: 0..1 each, null where undefined. */
export interface ClassMetrics {
  /** of what was taken for this class, the part that is it; null when nothing was */
  precision: number | null;
  /** of what is this class, the part that was taken for it; null when there is none */
  recall: number | null;
  /** 2 true positives / (2 true positives + false positives + false negatives): null when all three are 0 */
  f1: number | null;
}

export interface CountedClassMetrics extends ClassMetrics {
  /** images of this class */
  support: number;
  /** images taken for this class */
  predicted: number;
}

/** The metrics of each class, as scikit-learn computes them with `zero_division=nan`. */
export function measureClasses(matrix: ConfusionMatrix): CountedClassMetrics[] {
  return matrix.map((row, index) => {
    const hits = row[index] as number;
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.reduce((sum, { [index]: count = 0 }) => sum + count, 0);
    return {
      support,
      predicted,
      precision: divide(hits, predicted),
      recall: divide(hits, support),
      f1: divide(2 * hits, support + predicted),
    };
  });
}

/** Means over the classes, each of equal weight ("macro"); what has no answer is left out. */
export function averageClasses(classes: readonly ClassMetrics[]): ClassMetrics {
  return {
    precision: mean(classes.map(({ precision }) => precision)),
    recall: mean(classes.map(({ recall }) => recall)),
    f1: mean(classes.map(({ f1 }) => f1)),
  };
}

/** The mean of the numbers among the values; null when there is none. */
export function mean(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return divide(
    numbers.reduce((sum, value) => sum + value, 0),
    numbers.length,
  );
}

function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
