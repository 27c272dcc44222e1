// What a page says of all its images together, as plain data.

import type { AverageEvidence } from './average-evidence.js';
import type { EntryData, MapShape } from './gallery-data.js';

export interface GallerySummary {
  /** index = class index */
  classNames: readonly string[];
  entries: readonly GalleryEntry[];
  /** where the evidence was looked for, and how; absent where the network has none to show */
  evidence?: GalleryEvidence;
  /** absent without class folders, and where the page holds every evaluated image */
  evaluated?: EvaluatedImages;
}

export interface GalleryEntry {
  data: EntryData;
  thumbnail: Thumbnail;
}

/** A small picture of an image. */
export interface Thumbnail {
  width: number;
  height: number;
  /** JPEG */
  bytes: Uint8Array;
}

export interface GalleryEvidence {
  layerName: string;
  shapes: readonly MapShape[];
  /**
   * whether one score speaks for both classes: each average is then of all images, and what speaks for one class is what speaks against
   * the other; else each is of the images that were predicted as its class
   */
  hasOneScore: boolean;
  averages: readonly AverageEvidence[];
  /** images that no average holds: with maps of another size than the first, or with values that are not finite */
  leftOutCount: number;
}

/** The images of an evaluation of which the page holds some. */
export interface EvaluatedImages {
  imageCount: number;
  /** such as `test`; absent for a folder that is not divided */
  split?: string;
  /** [true class][predicted class] */
  confusionMatrix: readonly (readonly number[])[];
}
