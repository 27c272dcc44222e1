// What a network's output says.

/**
 * - `probabilities`: of classes of which each image has one, by a softmax or one sigmoid unit
 * - `labels`: of labels of which an image may have several or none, by a sigmoid for each
 * - `scores`: a number for each class that is no probability
 * - `other`: maps, or several outputs
 */
export type OutputKind = 'probabilities' | 'labels' | 'scores' | 'other';
