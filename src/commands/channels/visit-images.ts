// Goes through a shard's images in the batches that a network measures them in.

import { resolve } from 'node:path';
import type { ChannelShard } from '../../channels/shard.js';
import type { Batch } from '../../dataset/stream/batch.js';
import { type ImageInput, toImageInput } from '../../dataset/stream/image-input.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import { imagesAtOnce } from '../../engines/contract/channel-measurements.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { identifyModel } from '../../network/identify-model.js';
import type { Shard } from '../../shards/shard-set.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamBatches } from '../shared/output-stream.js';
import { TurnedImages } from '../shared/turned-images.js';
import { readVersions } from '../shared/versions.js';
import { type ChannelImages, identifyImages } from './channel-images.js';
import type { ChannelsSettings } from './options.js';

/** What is needed of a command's settings. */
export type VisitSettings = Pick<
  ChannelsSettings,
  'data' | 'shard' | 'batchSize' | 'onBadImage' | 'onEvent' | 'signal'
>;

/** A batch as the network gets it. */
export interface VisitedBatch {
  inputs: ImageInput;
  /** of the inputs; those beyond the batch's own are black, and nobody's */
  size: number;
  batch: Batch;
  /** of the batch's images, in the list of all images, shards or not */
  fileIndexes: number[];
}

/**
 * Visits a shard's images once, and reports those that cannot be read.
 *
 * @param layers that are measured: they decide how many images are computed at once
 * @returns how many images could not be read
 * @throws CnnvizError BAD_IMAGE, BAD_DATASET, ABORTED
 */
export async function visitImages(
  { preprocessing, backend }: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: VisitSettings,
  visit: (visited: VisitedBatch) => Promise<void>,
): Promise<number> {
  const { shard = onePass, onBadImage, onEvent = () => undefined } = settings;
  const files = takeShard(images, shard);
  const turned = new TurnedImages();
  const source = new ImageSource(files, {
    preprocessing,
    onBadImage,
    onDecoded: turned.onDecoded,
    cacheBudget: { limit: 0, used: 0 }, // every image is needed once
  });
  using decoder = await openDecoder(backend.name);
  source.decoder = decoder;
  const size = imagesAtOnce(layers, settings.batchSize);
  for await (const batch of streamBatches(source, { ...settings, batchSize: size })) {
    const fileIndexes = Array.from(batch.fileIndexes, (index) => index * shard.count + shard.index - 1);
    await visit({ inputs: toImageInput(fillUp(batch, size), preprocessing), size, batch, fileIndexes });
  }
  for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
  turned.warn(
    files.map(({ path }) => path),
    preprocessing,
    onEvent,
  );
  return source.badFiles.length;
}

const onePass: Shard = { index: 1, count: 1 };

function takeShard({ files }: ChannelImages, { index, count }: Shard) {
  return count === 1 ? files : files.filter((_, place) => place % count === index - 1);
}

/** TensorFlow may round otherwise in a batch of another size: one that is not full gets black images, which nobody counts. */
function fillUp({ pixels, size }: Batch, batchSize: number): Uint8Array {
  if (size === batchSize) return pixels;
  const filled = new Uint8Array((pixels.length / size) * batchSize);
  filled.set(pixels);
  return filled;
}

/** What every shard says of where it comes from, before any image was measured. */
export async function describeShard(
  { modelPath }: LocatedNetwork,
  { backend: { name, version, threads }, place }: TrainedNetwork,
  images: ChannelImages,
  { data, shard = onePass }: VisitSettings,
): Promise<
  Pick<
    ChannelShard,
    'versions' | 'backend' | 'model' | 'data' | 'classNames' | 'badImageCount' | 'shard' | 'imageCounts'
  >
> {
  return {
    versions: readVersions(),
    backend: { name, version, threads },
    model: { ...place, identity: await identifyModel(modelPath) },
    data: {
      path: resolve(data),
      split: images.split,
      fileCount: images.files.length,
      identity: identifyImages(images),
    },
    classNames: images.classNames,
    badImageCount: 0,
    shard,
    imageCounts: new Array<number>(Math.max(1, images.classNames.length)).fill(0),
  };
}

/** Counts the images of a batch for their classes. */
export function countImages(imageCounts: number[], { size, classIndexes }: Batch): void {
  for (const classIndex of classIndexes.slice(0, size)) {
    imageCounts[classIndex] = (imageCounts[classIndex] as number) + 1;
  }
}
