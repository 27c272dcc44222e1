// What `check` returns.

import type { SplitName } from '../../dataset/folder/image-folder.js';
import type { Finding } from '../shared/describe-findings.js';

export interface CheckResult {
  /** the data folder, absolute */
  root: string;
  classNames: string[];
  splits: { split: SplitName; imageCount: number; classes: CheckedClass[] }[];
  /** files listed as images, and how many of them can be decoded */
  imageCount: number;
  readableCount: number;
  /** null if no image can be decoded */
  shapes: ImageShapes | null;
  /** warnings first */
  findings: Finding[];
  /** findings of the level warning */
  warningCount: number;
  /** the folder with the contact sheets, and its files, if requested */
  out?: string;
  files?: string[];
}

/** A class within one split. */
export interface CheckedClass {
  className: string;
  imageCount: number;
  readableCount: number;
}

/** Smallest, median and largest. */
export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** The formats, sizes and shapes of decoded images; upright ones. */
export interface ImageShapes {
  /** by content, the most frequent first */
  formats: { format: string; count: number }[];
  /** pixels */
  width: Spread;
  height: Spread;
  /** width divided by height */
  aspect: Spread;
  /** number of images with the most frequent size */
  mostFrequent: { width: number; height: number; count: number };
}
