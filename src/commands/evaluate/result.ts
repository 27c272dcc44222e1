// What `evaluate` returns.

import type { BadFile } from '../../dataset/stream/batch.js';
import type { Precision } from '../../engines/contract/precision.js';
import type { AssessedClass } from '../../evaluation/assess.js';
import type { Calibration } from '../../evaluation/calibration.js';
import type { ClassMetrics } from '../../evaluation/class-metrics.js';
import type { ConfusionMatrix } from '../../evaluation/confusion-matrix.js';
import type { Interval } from '../../evaluation/wilson-interval.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { Overlap } from '../shared/overlap.js';
import type { SplitChoice } from '../shared/split-parts.js';
import type { MatchedImages } from './match-classes.js';

export interface EvaluateResult {
  /** where the network was found, and which of its weights were evaluated */
  model: TrainedNetwork['place'];
  /** of convolutions and pooling */
  precision: Precision;
  /** null: all images of a folder that is not divided */
  split: SplitChoice | null;
  /** of the network */
  classNames: string[];
  /** those without images here: their metrics are null */
  missingClasses: string[];
  /** class folders that were not used, since the network has no such class */
  unknownClasses: MatchedImages['unknownClasses'];
  /** overlap with the images of the network's run; null if unknown */
  overlap: Overlap | null;
  /** images evaluated; bad ones do not count */
  imageCount: number;
  /** mean cross-entropy */
  loss: number;
  /** 0..1 */
  accuracy: number;
  /** 95 % confidence interval of the accuracy: Wilson's score interval */
  accuracyInterval: Interval;
  /** in the order of `classNames` */
  classes: ({ className: string } & AssessedClass)[];
  /** means over the classes that have images here */
  macro: ClassMetrics;
  /** area under the ROC curve, 0..1: one for two classes, of more the mean of each against the rest; null for images of one class */
  rocAuc: number | null;
  /** expected calibration error, and the 15 bins that it comes from */
  calibration: Calibration;
  /** images of each class (row) that were predicted as each class (column) */
  confusionMatrix: ConfusionMatrix;
  mistakeCount: number;
  /** the worst first, as many as requested */
  mistakes: WrongImage[];
  /** the images whose label the network finds least probable, that one first; as many as requested, absent where none are */
  suspects?: LabeledImage[];
  /** for each class that was wrongly predicted; absent where that was not asked for */
  mistakeGroups?: MistakesOfClass[];
  badImages: BadFile[];
  /** the folder with the pictures, if requested */
  out?: string;
}

/** A misclassified image, and how confident the network was. */
export type WrongImage = LabeledImage;

/** The images that were wrongly predicted to be of one class. */
export interface MistakesOfClass {
  /** as predicted */
  className: string;
  mistakeCount: number;
  /** of them, spread evenly over all; 0 where there are too few to say anything */
  explainedCount: number;
  /** the largest first; none where the mistakes are not shown to fall into groups */
  groups: MistakeGroup[];
  /** of several groups: how far they agree with those of four fifths of the images, mean adjusted Rand index, up to 1 */
  stability?: number;
  /** of a single group: how far its evidence spreads (mean squared distance from the mean) beside that of right answers, 0..0.5 */
  spread?: number;
}

/** Mistakes for which the network found like evidence, beyond that in the average image. */
export interface MistakeGroup {
  imageCount: number;
  /** of the explained images, 0..1 */
  share: number;
  /** where the evidence lies, in words */
  position: string;
  /** share of the evidence in each ninth of the image, row by row; adds up to 1 */
  positionShares: number[];
  /** mean color of the images at the evidence, such as #6f8a4b, and what it is called */
  color: string;
  colorName: string;
  /** of the layer that was mapped: those that add most to the score beyond the average, from 0 */
  channels: number[];
  /** the most typical first */
  images: string[];
}

/** An image, its label, and what the network takes it for: probabilities are 0..1. */
export interface LabeledImage {
  path: string;
  /** by its label */
  trueClass: string;
  predictedClass: string;
  /** of the predicted class */
  probability: number;
  trueProbability: number;
}
