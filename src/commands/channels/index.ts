import { selectLayers } from '../../activations/select-layers.js';
import { buildReport } from '../../channels/build-report.js';
import { decodeShard, encodeShard } from '../../channels/shard.js';
import { replaceFile } from '../../disk/files.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import { countChannels } from './count-channels.js';
import { drawDiscriminativeChannels } from './draw-channels.js';
import { openVisit, sumCounts } from './open-visit.js';
import { type ChannelsOptions, type ChannelsSettings, resolveChannelsOptions } from './options.js';
import { passesOn } from './passes-on.js';
import type { ChannelsResult } from './result.js';
import { writeChannelReport } from './write-channel-report.js';

/**
 * Measures what every channel of a trained network does on a folder of images: how often it fires, how its values are
 * spread, which classes it separates, which channels are dead or duplicates. Memory does not depend on the number of
 * images, except for their names.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_DATASET, BAD_IMAGE with
 * `onBadImage: 'fail'`, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { channels } from 'cnnviz';
 *
 * const { report } = await channels({ data: 'cats_dogs', split: 'validation' });
 * for (const { name, channels } of report?.layers ?? []) {
 *   console.log(name, channels.filter(({ state }) => state === 'dead').length, 'dead');
 * }
 * ```
 */
export async function channels(options: ChannelsOptions): Promise<ChannelsResult> {
  const settings = resolveChannelsOptions(options);
  const { shard, onEvent = () => undefined } = settings;
  using visit = await openVisit(settings, {
    name: 'channels',
    uses: shard === undefined ? ['measure', 'run'] : ['measure'],
    decodeShard,
  });
  const { found, trained, images, out } = visit;
  const { overlap } = images;
  const layers = chooseLayers(trained.network, settings);
  const counted = await countChannels(found, trained, layers, images, settings);
  if (shard === undefined) {
    const report = buildReport(counted);
    const written = await writeChannelReport(out, report, onEvent, (source) =>
      drawDiscriminativeChannels(report, counted, trained, source),
    );
    return { ...written, overlap };
  }
  await replaceFile(out, encodeShard(counted));
  onEvent({ type: 'file-written', path: out });
  return { out, files: [out], imageCount: sumCounts(counted), overlap };
}

function chooseLayers(network: Engine, { layers }: ChannelsSettings): NetworkLayer[] {
  if (layers === undefined) return network.layers.filter(({ kind }) => !passesOn(kind));
  const names = selectLayers(network.layers, layers);
  return network.layers.filter(({ name }) => names.includes(name));
}
