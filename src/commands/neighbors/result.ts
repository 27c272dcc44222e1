// What `neighbors` returns.

import type { BadFile } from '../../dataset/stream/batch.js';
import type { Unlikeness } from '../../resemblance/training-profile.js';
import type { Target } from '../shared/image-results.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { CheckedPrediction } from '../shared/true-class.js';

export interface NeighborsResult {
  /** where the network was found, and which of its weights were used */
  model: TrainedNetwork['place'];
  /** the layer whose features were compared */
  layer: string;
  /** images that were searched; bad ones do not count */
  searchedCount: number;
  /** one for each image that could be read */
  images: ImageNeighbors[];
  /** of both kinds */
  badImages: BadFile[];
}

/** An image, and those that the network finds most alike. */
export interface ImageNeighbors extends Target {
  prediction: CheckedPrediction;
  /** how unlike the training images it is; absent where that was not measured */
  unlike?: Unlikeness;
  /** the most alike first */
  neighbors: Neighbor[];
  /** every file in the folder */
  files: string[];
}

export interface Neighbor {
  path: string;
  /** by its folder */
  className: string;
  /** cosine between what each feature adds to the score, -1..1 */
  similarity: number;
}
