import { selectLayers } from '../../activations/select-layers.js';
import { CnnvizError } from '../../base/errors.js';
import { replaceFile } from '../../disk/files.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import { decodePatchShard, encodePatchShard } from '../../patches/shard.js';
import { openVisit, sumCounts } from '../channels/open-visit.js';
import { passesOn } from '../channels/passes-on.js';
import { findPeaks } from './find-peaks.js';
import { type PatchesOptions, type PatchesSettings, resolvePatchesOptions } from './options.js';
import type { PatchesResult } from './result.js';
import { checkShown, writePatches } from './write-patches.js';

/**
 * Finds the patches of real images that each channel of a trained network responds to most: where on an image it has its
 * largest value, and what that value is computed from. At most one patch of an image; channels that separate the classes best
 * come first. A sheet for each layer, patches.json and a manifest.json. Memory does not depend on the number of images, except
 * for their names.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE with
 * `onBadImage: 'fail'`, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { patches } from 'cnnviz';
 *
 * const { report } = await patches({ data: 'cats_dogs', split: 'train', layers: ['conv2d_3'] });
 * const [best] = report?.layers[0]?.channels ?? [];
 * for (const { path, className, value, image } of best?.patches ?? []) console.log(path, className, value, image);
 * ```
 */
export async function patches(options: PatchesOptions): Promise<PatchesResult> {
  const settings = resolvePatchesOptions(options);
  const { shard, onEvent = () => undefined } = settings;
  using visit = await openVisit(settings, { name: 'patches', uses: ['peaks'], decodeShard: decodePatchShard });
  const { found, trained, images, out } = visit;
  const { overlap } = images;
  const layers = chooseLayers(trained.network, settings);
  checkShown(settings, layers);
  const peaks = await findPeaks(found, trained, layers, images, settings);
  if (shard === undefined) return { ...(await writePatches(out, peaks, images.root, settings)), overlap };
  await replaceFile(out, encodePatchShard(peaks));
  onEvent({ type: 'file-written', path: out });
  return { out, files: [out], imageCount: sumCounts(peaks), overlap };
}

/** @throws CnnvizError NOT_FOUND */
function chooseLayers(network: Engine, { layers: wanted }: PatchesSettings): NetworkLayer[] {
  const names = selectLayers(network.layers, wanted);
  const layers = network.layers.filter(({ name }) => names.includes(name));
  const chosen = wanted === undefined || wanted === 'all' ? layers.filter(({ kind }) => !passesOn(kind)) : layers;
  if (chosen.length > 0) return chosen;
  throw new CnnvizError('BAD_MODEL', 'the network has no layer with channels', { options: ['layers'] });
}
