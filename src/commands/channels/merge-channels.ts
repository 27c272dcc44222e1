import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { buildReport } from '../../channels/build-report.js';
import { ShardMerger } from '../../channels/merge-shards.js';
import { decodeShard } from '../../channels/shard.js';
import { readBytes } from '../../disk/read-file.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { expandShardFiles } from '../shared/merge-options.js';
import { MERGE_CHANNELS_OPTIONS, type MergeChannelsOptions } from './options.js';

import type { ChannelsResult } from './result.js';
import { writeChannelReport } from './write-channel-report.js';

/**
 * Adds up what `channels` with `shard` has written: the report is that of one pass over the folder, counts to the last bit
 * and means to rounding. Holds two shards in memory at a time; needs neither images nor network.
 *
 * @throws CnnvizError BAD_ARGUMENT (a shard is missing, is there twice or is of another network, folder or version),
 * NOT_FOUND, NOT_READABLE, NOT_WRITABLE, DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { mergeChannels } from 'cnnviz';
 *
 * await mergeChannels({ shards: ['shards'], out: 'channels' });
 * ```
 */
export async function mergeChannels(options: MergeChannelsOptions): Promise<ChannelsResult> {
  const settings = resolveOptions(MERGE_CHANNELS_OPTIONS, options);
  const { shards, out, signal, onEvent = () => undefined } = settings;
  await checkResultsFolder(out);
  const merger = new ShardMerger();
  for (const path of await expandShardFiles(shards)) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${path}`);
    merger.add({ path, shard: decodeShard(await readBytes(path), path) });
  }
  return writeChannelReport(resolve(out), buildReport(merger.finish()), onEvent);
}
