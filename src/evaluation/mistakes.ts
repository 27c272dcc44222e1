// The mistakes, the worst first.

import { predictedClass, probabilityOf, type Scores } from './scores.js';

/** An image that was taken for another class. */
export interface Mistake {
  /** its place in the list that was evaluated */
  imageIndex: number;
  trueClass: number;
  predictedClass: number;
  /** what the network gave the class that it predicted, 0..1 */
  probability: number;
  /** what it gave the true one, 0..1 */
  trueProbability: number;
}

/** Every mistake, the worst first: the less probable the true class was found, the worse; equals in the order of the images. */
export function findMistakes(scores: Scores): Mistake[] {
  const mistakes: Mistake[] = [];
  scores.classIndexes.forEach((trueClass, image) => {
    const predicted = predictedClass(scores, image);
    if (predicted === trueClass) return;
    mistakes.push({
      imageIndex: scores.imageIndexes[image] as number,
      trueClass,
      predictedClass: predicted,
      probability: probabilityOf(scores, image, predicted),
      trueProbability: probabilityOf(scores, image, trueClass),
    });
  });
  return mistakes.sort((a, b) => a.trueProbability - b.trueProbability);
}
