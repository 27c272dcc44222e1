// The ROC curve and the area below it.

import { probabilityOf, type Scores } from './scores.js';

/** Where one threshold puts a class: both 0..1. */
export interface RocPoint {
  /** of the images of other classes, the part at or above the threshold */
  falsePositiveRate: number;
  /** of the images of the class, the part at or above the threshold */
  truePositiveRate: number;
}

/**
 * The receiver operating characteristic of one class against the rest, from (0, 0) to (1, 1). Images of equal probability
 * pass a threshold together; points on a straight line between others are left out.
 *
 * @returns undefined when there is no image of the class, or of no other class
 */
export function traceRoc(scores: Scores, classIndex: number): RocPoint[] | undefined {
  const { classIndexes } = scores;
  const probability = (image: number) => probabilityOf(scores, image, classIndex);
  const order = Int32Array.from(classIndexes.keys()).sort((a, b) => probability(b) - probability(a));
  const positives = classIndexes.reduce((sum, each) => sum + (each === classIndex ? 1 : 0), 0);
  const negatives = classIndexes.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const corners: [falsePositives: number, truePositives: number][] = [[0, 0]];
  let [falsePositives, truePositives] = [0, 0];
  order.forEach((image, place) => {
    if (classIndexes[image] === classIndex) truePositives++;
    else falsePositives++;
    const next = order[place + 1];
    if (next === undefined || probability(next) !== probability(image)) {
      addCorner(corners, [falsePositives, truePositives]);
    }
  });
  return corners.map(([x, y]) => ({ falsePositiveRate: x / negatives, truePositiveRate: y / positives }));
}

/** Replaces the last point where it lies on the line from the one before it to the new one. */
function addCorner(corners: [number, number][], corner: [number, number]): void {
  const [before, last] = [corners.at(-2), corners.at(-1)];
  if (before !== undefined && last !== undefined) {
    const turn = (last[0] - before[0]) * (corner[1] - last[1]) - (last[1] - before[1]) * (corner[0] - last[0]);
    if (turn === 0) corners.pop();
  }
  corners.push(corner);
}

/**
 * The area under a ROC curve by trapezoids: the probability that an image of the class is given a higher probability than
 * one of another class, ties counting half (Hanley and McNeil 1982).
 */
export function areaUnderRoc(points: readonly RocPoint[]): number {
  let area = 0;
  points.forEach((point, index) => {
    const before = points[index - 1] ?? point;
    const height = (point.truePositiveRate + before.truePositiveRate) / 2;
    area += (point.falsePositiveRate - before.falsePositiveRate) * height;
  });
  return area;
}
