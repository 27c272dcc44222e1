import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { openDataFolder } from '../../dataset/folder/open-data-folder.js';
import { readBytes } from '../../disk/read-file.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { PatchMerger } from '../../patches/merge-shards.js';
import { decodePatchShard } from '../../patches/shard.js';
import { expandShardFiles } from '../shared/merge-options.js';
import { MERGE_PATCHES_OPTIONS, type MergePatchesOptions } from './options.js';
import type { PatchesResult } from './result.js';
import { checkShown, writePatches } from './write-patches.js';

/**
 * Adds up what `patches` with `shard` has written, and draws it: the result is that of one pass over the folder, to the last
 * bit. Holds two shards in memory at a time; needs the images that patches are cut from, and not the network.
 *
 * @throws CnnvizError BAD_ARGUMENT (a shard is missing, is there twice or is of another network, folder or version),
 * NOT_FOUND, NOT_READABLE, BAD_IMAGE for an image that is gone or another one by now, NOT_WRITABLE, DISK_FULL, ABORTED
 *
 * @example
 * ```ts
 * import { mergePatches } from 'cnnviz';
 *
 * await mergePatches({ shards: ['shards'], out: 'patches' });
 * ```
 */
export async function mergePatches(options: MergePatchesOptions): Promise<PatchesResult> {
  const settings = resolveOptions(MERGE_PATCHES_OPTIONS, options);
  const { shards, data, out, signal } = settings;
  await checkResultsFolder(out);
  const merger = new PatchMerger();
  for (const path of await expandShardFiles(shards)) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${path}`);
    merger.add({ path, shard: decodePatchShard(await readBytes(path), path) });
  }
  const whole = merger.finish();
  checkShown(
    settings,
    whole.layers.map(({ layer }) => layer),
  );
  const { root } = await openDataFolder(data ?? whole.data.path, 'Say with --data where the images are now.');
  return writePatches(resolve(out), whole, root, settings);
}
