import { predictedClass, type Scores } from './scores.js';

/** How many images of each class (row) were predicted as each class (column). */
export type ConfusionMatrix = number[][];

export function countConfusions(scores: Scores): ConfusionMatrix {
  const { classCount, classIndexes } = scores;
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  classIndexes.forEach((classIndex, image) => {
    const row = matrix[classIndex] as number[];
    const column = predictedClass(scores, image);
    row[column] = (row[column] as number) + 1;
  });
  return matrix;
}
