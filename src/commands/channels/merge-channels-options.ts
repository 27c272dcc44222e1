// Its options and defaults.

import type { WorkflowOptions } from '../shared/events.js';

export interface MergeChannelsOptions extends WorkflowOptions {
  /** the files of all shards of one folder, in any order */
  shards: readonly string[];
  /** results folder */
  out?: string;
}

export const MERGE_CHANNELS_DEFAULTS = { out: 'channels' } as const satisfies Partial<MergeChannelsOptions>;
