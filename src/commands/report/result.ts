// What `report` returns.

import type { BadFile } from '../../dataset/stream/batch.js';
import type { CheckedPrediction } from '../shared/true-class.js';

export interface ReportResult {
  /** the page's file */
  path: string;
  byteCount: number;
  /** one for each image that could be read */
  images: ReportedImage[];
  badImages: BadFile[];
}

export interface ReportedImage {
  image: string;
  /** null if the network does not output class scores */
  prediction: CheckedPrediction | null;
  /** whether the page shows all its layers, or only a small picture */
  full: boolean;
  /** of this image's part of the page */
  byteCount: number;
}
