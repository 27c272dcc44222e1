// What `channels` returns.

import type { ChannelReport } from '../../channels/report.js';
import type { Overlap } from '../shared/overlap.js';

export interface ChannelsResult {
  /** the results folder, or the file of a shard */
  out: string;
  /** every file in the folder */
  files: string[];
  /** images measured; bad ones do not count */
  imageCount: number;
  /** with the images of the network's run; null where that is not known */
  overlap?: Overlap | null;
  /** not of a shard: one alone says nothing of the folder */
  report?: ChannelReport;
}
