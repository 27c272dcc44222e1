import { resolve } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { type ChannelShard, startShard } from '../../channels/shard.js';
import { addImage, createTally, type LayerTally } from '../../channels/tally.js';
import type { Batch } from '../../dataset/stream/batch.js';
import { toImageInput } from '../../dataset/stream/image-input.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import {
  type ChannelMeasurements,
  comparedAtMost,
  imagesAtOnce,
  layersAtOnce,
} from '../../engines/contract/channel-measurements.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { identifyModel } from '../../network/identify-model.js';
import type { Shard } from '../../shards/shard-set.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamBatches } from '../shared/output-stream.js';
import { TurnedImages } from '../shared/turned-images.js';
import { readVersions } from '../shared/versions.js';
import { type ChannelImages, identifyImages, nameImage } from './channel-images.js';
import type { ChannelsSettings } from './options.js';

/**
 * Runs the network over a shard's images and counts what its channels do. Only reductions of their maps leave the network,
 * and what is kept does not grow with the number of images.
 *
 * @throws CnnvizError BAD_IMAGE, BAD_DATASET, ABORTED
 */
export async function countChannels(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: ChannelsSettings,
): Promise<ChannelShard> {
  const { shard = { index: 1, count: 1 }, onBadImage, onEvent = () => undefined } = settings;
  const { network, preprocessing } = trained;
  const files = takeShard(images, shard);
  const turned = new TurnedImages();
  const source = new ImageSource(files, {
    preprocessing,
    onBadImage,
    onDecoded: turned.onDecoded,
    cacheBudget: { limit: 0, used: 0 }, // every image is needed once
  });
  using decoder = await openDecoder(trained.backend.name);
  source.decoder = decoder;
  const result = startShard({
    versions: readVersions(),
    backend: describeBackend(trained),
    model: { ...trained.place, identity: await identifyModel(found.modelPath) },
    preprocessing,
    data: {
      path: resolve(settings.data),
      split: images.split,
      fileCount: images.files.length,
      identity: identifyImages(images),
    },
    classNames: images.classNames,
    badImageCount: 0,
    shard,
    imageCounts: new Array<number>(Math.max(1, images.classNames.length)).fill(0),
    layers: describeLayers(layers, images.classNames.length),
    paths: {},
  });
  const [batchSize, parts] = [imagesAtOnce(layers, settings.batchSize), layersAtOnce(layers)];
  for await (const batch of streamBatches(source, { ...settings, batchSize })) {
    const inputs = toImageInput(fillUp(batch, batchSize), preprocessing);
    countImages(result, batch);
    let first = 0;
    for (const part of parts) {
      const names = part.map(({ name }) => name);
      const tallies = result.layers.slice(first, first + part.length).map(({ tally }) => tally);
      countBatch(tallies, await network.measure(inputs, batchSize, names), batch, result.shard);
      first += part.length;
    }
  }
  for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
  turned.warn(
    files.map(({ path }) => path),
    preprocessing,
    onEvent,
  );
  result.badImageCount = source.badFiles.length;
  requireNumbers(result);
  for (const { tally } of result.layers) {
    for (const fileIndex of tally.strongest.fileIndexes) {
      const file = images.files[fileIndex];
      if (file !== undefined) result.paths[fileIndex] = nameImage(images.root, file.path);
    }
  }
  return result;
}

/**
 * @throws CnnvizError BAD_MODEL if the last layer outputs no finite number for any image: nothing can be said about the
 * network
 */
function requireNumbers({ layers, imageCounts, model }: ChannelShard): void {
  const imageCount = imageCounts.reduce((sum, count) => sum + count, 0);
  const last = layers.at(-1);
  if (last === undefined || imageCount === 0) return;
  if (!last.tally.nonFiniteCounts.every((count) => count === imageCount)) return;
  const message = `${model.path}: layer ${last.layer.name} outputs NaN or infinity on every image: training diverged, or the weights are damaged`;
  throw new CnnvizError('BAD_MODEL', message, {
    hint: 'Try other weights of the run (--weights last or --weights best), or train again with a lower learning rate.',
  });
}

function takeShard({ files }: ChannelImages, { index, count }: Shard) {
  return count === 1 ? files : files.filter((_, place) => place % count === index - 1);
}

function describeBackend({ backend: { name, version, threads } }: TrainedNetwork): ChannelShard['backend'] {
  return { name, version, threads };
}

function describeLayers(layers: readonly NetworkLayer[], classCount: number) {
  return layers.map(({ name, kind, shape, range }) => {
    const isCompared = (shape.at(-1) as number) <= comparedAtMost;
    return { layer: { name, kind, shape: [1, ...shape], range }, tally: createTally(shape, classCount, isCompared) };
  });
}

function countImages({ imageCounts }: ChannelShard, { size, classIndexes }: Batch): void {
  for (const classIndex of classIndexes.slice(0, size)) {
    imageCounts[classIndex] = (imageCounts[classIndex] as number) + 1;
  }
}

function countBatch(
  tallies: readonly LayerTally[],
  measured: readonly ChannelMeasurements[],
  { size, classIndexes, fileIndexes }: Batch,
  shard: Shard,
): void {
  for (let image = 0; image < size; image++) {
    const classIndex = classIndexes[image] as number;
    const fileIndex = (fileIndexes[image] as number) * shard.count + shard.index - 1;
    tallies.forEach((tally, index) => {
      addImage(tally, measured[index] as ChannelMeasurements, image, classIndex, fileIndex);
    });
  }
}

/** TensorFlow may round otherwise in a batch of another size: one that is not full gets black images, which nobody counts. */
function fillUp({ pixels, size }: Batch, batchSize: number): Uint8Array {
  if (size === batchSize) return pixels;
  const filled = new Uint8Array((pixels.length / size) * batchSize);
  filled.set(pixels);
  return filled;
}
