// Images by how little the network believes their label: the mistakes, and the labels that may be wrong.

import { predictedClass, probabilityOf, type Scores } from './scores.js';

/** An image, its label, and what the network takes it for. */
export interface LabeledPrediction {
  /** its place in the list that was evaluated */
  imageIndex: number;
  /** by its label */
  trueClass: number;
  predictedClass: number;
  /** what the network gave the class that it predicted, 0..1 */
  probability: number;
  /** what it gave the true one, 0..1 */
  trueProbability: number;
}

/** Every mistake, the worst first: the less probable the true class was found, the worse; equals in the order of the images. */
export function findMistakes(scores: Scores): LabeledPrediction[] {
  return rankByLabel(scores).filter(({ trueClass, predictedClass }) => predictedClass !== trueClass);
}

/**
 * Every image, the least probable label first (its self-confidence: Northcutt et al., "Confident Learning", 2021); equals in
 * the order of the images. Whether the label or the network is wrong, the ranking cannot say: with many mistakes of its own a
 * network finds few wrong labels among its first.
 */
export function rankByLabel(scores: Scores): LabeledPrediction[] {
  const images = Array.from(scores.classIndexes, (trueClass, image): LabeledPrediction => {
    const predicted = predictedClass(scores, image);
    return {
      imageIndex: scores.imageIndexes[image] as number,
      trueClass,
      predictedClass: predicted,
      probability: probabilityOf(scores, image, predicted),
      trueProbability: probabilityOf(scores, image, trueClass),
    };
  });
  return images.sort((a, b) => a.trueProbability - b.trueProbability);
}
