import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { LeftOut } from '../../dataset/folder/left-out.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { TrainingCheck } from './training-check.js';

/** The images of a run: listed, and decoded as training asks for them. */
export interface TrainingData {
  /** the data folder, absolute */
  root: string;
  /** what lies in it and is not used, by reason */
  leftOut: LeftOut[];
  classNames: string[];
  preprocessing: Preprocessing;
  train: ImageSource;
  /** absent where there is none and none was split off */
  validation: ImageSource | undefined;
  /** watches images that are decoded in the first epoch; absent where that was not asked for */
  check: TrainingCheck | undefined;
  /** bytes of each image when it was listed, by path; absent where they could not be had */
  sizes: ReadonlyMap<string, number>;
}
