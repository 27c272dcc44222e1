// What `patches` returns.

import type { PatchReport } from '../../patches/report.js';
import type { Overlap } from '../shared/overlap.js';

export interface PatchesResult {
  /** the results folder, or the file of a shard */
  out: string;
  /** every file in the folder */
  files: string[];
  /** images looked at; bad ones do not count */
  imageCount: number;
  /** overlap with the images of the network's run; null if unknown */
  overlap?: Overlap | null;
  /** absent for a shard: a single one says nothing about the folder */
  report?: PatchReport;
}
