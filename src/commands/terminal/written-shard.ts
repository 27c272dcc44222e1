// What a person sees of a shard that was written.

import { formatAmount } from '../../base/counts.js';
import { formatPath } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { WrittenShard } from '../shared/written-shard.js';

export const misuseOfShardFile = 'error: --out: expected together with --shard, whose file it is';

/** Prints where a shard is. */
export function showShard({ shardFile, imageCount }: WrittenShard, terminal: Terminal): void {
  terminal.print(`${formatAmount(imageCount, 'image')} computed, ready to merge: ${formatPath(shardFile)}`);
}
