import { type ChannelShard, startShard } from '../../channels/shard.js';
import { addImage, createTally, type LayerTally } from '../../channels/tally.js';
import { type ChannelMeasurements, comparedAtMost, layersAtOnce } from '../../engines/contract/channel-measurements.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { type ChannelImages, nameImage } from './channel-images.js';
import type { ChannelsSettings } from './options.js';
import { requireNumbers } from './require-numbers.js';
import { countImages, describeShard, type VisitedBatch, visitImages } from './visit-images.js';

/**
 * Runs the network over a shard's images and counts what its channels do. Only reductions of their maps leave the network,
 * and what is kept does not grow with the number of images.
 *
 * @throws CnnvizError BAD_IMAGE, BAD_DATASET, ABORTED; BAD_MODEL for a network without finite outputs
 */
export async function countChannels(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: ChannelsSettings,
): Promise<ChannelShard> {
  const { network, preprocessing } = trained;
  const result = startShard({
    ...(await describeShard(found, trained, images, settings)),
    preprocessing,
    layers: describeLayers(layers, images.classNames.length),
    paths: {},
  });
  const parts = layersAtOnce(layers);
  result.badImageCount = await visitImages(trained, layers, images, settings, async (visited) => {
    countImages(result.imageCounts, visited.batch);
    let first = 0;
    for (const part of parts) {
      const names = part.map(({ name }) => name);
      const tallies = result.layers.slice(first, first + part.length).map(({ tally }) => tally);
      countBatch(tallies, await network.measure(visited.inputs, visited.size, names), visited);
      first += part.length;
    }
  });
  const last = result.layers.at(-1);
  requireNumbers(result, last && { name: last.layer.name, nonFiniteCounts: last.tally.nonFiniteCounts });
  for (const { tally } of result.layers) {
    for (const fileIndex of tally.strongest.fileIndexes) {
      const file = images.files[fileIndex];
      if (file !== undefined) result.paths[fileIndex] = nameImage(images.root, file.path);
    }
  }
  return result;
}

function describeLayers(layers: readonly NetworkLayer[], classCount: number) {
  return layers.map(({ name, kind, shape, range }) => {
    const isCompared = (shape.at(-1) as number) <= comparedAtMost;
    return { layer: { name, kind, shape: [1, ...shape], range }, tally: createTally(shape, classCount, isCompared) };
  });
}

function countBatch(
  tallies: readonly LayerTally[],
  measured: readonly ChannelMeasurements[],
  { batch: { size, classIndexes }, fileIndexes }: VisitedBatch,
): void {
  for (let image = 0; image < size; image++) {
    const classIndex = classIndexes[image] as number;
    const fileIndex = fileIndexes[image] as number;
    tallies.forEach((tally, index) => {
      addImage(tally, measured[index] as ChannelMeasurements, image, classIndex, fileIndex);
    });
  }
}
