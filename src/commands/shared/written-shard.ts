// What a command gives for a part of its images.

import type { BadFile } from '../../dataset/stream/batch.js';

/** What a command returns in place of its result. */
export interface WrittenShard {
  /** the file of the shard */
  shardFile: string;
  /** images in it; bad ones do not count */
  imageCount: number;
  badImages: BadFile[];
}
