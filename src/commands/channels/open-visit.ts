// How every command begins that goes through a folder of images with a trained network.

import type { ChannelShard } from '../../channels/shard.js';
import type { EngineUse } from '../../engines/contract/engine.js';
import { checkResultsFolder } from '../../output/results-folder.js';
import { announcePlaces, announceSplit, announceUnused } from '../shared/announce-data.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import { nameShardFile } from '../shared/merge-options.js';
import type { OpenedNetwork } from '../shared/opened-network.js';
import { checkShardFile } from '../shared/shard-file.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { type ChannelImages, listChannelImages } from './channel-images.js';
import type { ChannelsSettings } from './options.js';
import { placeReportOn, takeKnownClasses } from './other-classes.js';

/** A network, the images that it will see, and where the results go. */
interface Visit extends Disposable {
  found: LocatedNetwork;
  trained: OpenedNetwork;
  images: ChannelImages;
  /** the results folder, or the file of a shard */
  out: string;
}

/** What a command does with the network and the images. */
interface VisitPlan {
  /** of the results folder in a run, and of shards */
  name: string;
  uses: readonly EngineUse[];
  /** how the command's shards are read, where it has shards */
  decodeShard?: (file: Uint8Array, path: string) => unknown;
}

/**
 * Locates the network, lists the images, checks the place of the results, reports all that, and opens the network.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_DATASET, NOT_WRITABLE, BACKEND_UNAVAILABLE,
 * ABORTED
 */
export async function openVisit(settings: Omit<ChannelsSettings, 'layers'>, plan: VisitPlan): Promise<Visit> {
  const { data, split, shard, onEvent = () => undefined } = settings;
  const { name, uses, decodeShard } = plan;
  const found = await locateNetwork(settings);
  const wanted = settings.out ?? (shard && nameShardFile(name, shard));
  const listed = await listChannelImages(data, split, found, settings);
  const images = takeKnownClasses(listed, found, { allowed: settings.allowOtherClasses, onEvent });
  const out = await placeReportOn(images, found, wanted, name);
  await (shard === undefined || decodeShard === undefined ? checkResultsFolder(out) : checkShardFile(out, decodeShard));
  announcePlaces(images.root, images.places, onEvent);
  announceSplit(images.split, images.files, images.classNames, onEvent);
  const { overlap } = images;
  if (overlap) onEvent({ type: 'overlap', split: images.split, imageCount: images.files.length, ...overlap });
  announceUnused(images, onEvent);
  const paths = images.files.map(({ path }) => path);
  const trained = await openTrainedNetwork(found, { ...settings, images: paths, oneSize: true }, uses);
  return { found, trained, images, out, [Symbol.dispose]: () => trained.dispose() };
}

/** How many images a pass has seen. */
export function sumCounts({ imageCounts }: Pick<ChannelShard, 'imageCounts'>): number {
  return imageCounts.reduce((sum, count) => sum + count, 0);
}
