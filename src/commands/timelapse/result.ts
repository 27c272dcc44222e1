// What `timelapse` returns.

import type { Range } from '../../rendering/normalize.js';
import type { Prediction } from '../shared/classify.js';

export interface TimelapseResult {
  /** the run's folder, absolute */
  run: string;
  /** one for each image of the film */
  images: TimelapseImage[];
}

/** The pictures of one image. */
export interface TimelapseImage {
  /** the image's file when the training began */
  image: string;
  folder: string;
  /** those that are shown */
  epochs: TimelapseEpoch[];
  layers: TimelapseLayer[];
  /** every file in the folder */
  files: string[];
}

export interface TimelapseEpoch {
  /** whole ones done: 0 before the training */
  epoch: number;
  /** null if the network's last layer does not output class scores */
  prediction: Prediction | null;
  validationAccuracy?: number;
}

export interface TimelapseLayer {
  name: string;
  /** Keras's class name */
  kind: string;
  /** of each channel over the epochs that are shown */
  ranges: Range[];
  /** the channels of the strip, those that change most between two epochs first */
  changing: ChangingChannel[];
  files: string[];
}

export interface ChangingChannel {
  /** in its layer, from 0 */
  channel: number;
  /** the root mean square of its changes from one shown epoch to the next, as a part of its range over all of them: 0..1 */
  change: number;
}
