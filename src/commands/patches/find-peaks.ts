import { badImage } from '../../dataset/decode/image-bytes.js';
import { readSize } from '../../dataset/examine/look-at-files.js';
import { layersAtOnce } from '../../engines/contract/channel-measurements.js';
import type { ChannelPeaks } from '../../engines/contract/channel-peaks.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { addPeaks, createPeaks } from '../../patches/peaks.js';
import { type PatchShard, startPatchShard } from '../../patches/shard.js';
import { type ChannelImages, nameImage } from '../channels/channel-images.js';
import { requireNumbers } from '../channels/require-numbers.js';
import { countImages, describeShard, visitImages } from '../channels/visit-images.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { PatchesSettings } from './options.js';

/**
 * Runs the network over a shard's images and keeps, for each channel, the images that it responds to most. Only the largest
 * values and their places leave the network, and what is kept does not grow with the number of images.
 *
 * @throws CnnvizError BAD_IMAGE, BAD_DATASET, ABORTED; BAD_MODEL for a network without finite outputs
 */
export async function findPeaks(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: PatchesSettings,
): Promise<PatchShard> {
  const { network, preprocessing } = trained;
  const { count, batchSize } = settings;
  const { height, width, interpolation, autoOrient, fit } = preprocessing;
  const result = startPatchShard({
    ...(await describeShard(found, trained, images, settings)),
    preprocessing: { height, width, interpolation, autoOrient, ...(fit && { fit }) },
    ...{ batchSize, count },
    layers: layers.map((layer) => {
      const { name, kind, shape, range, field } = layer;
      const position = network.layers.indexOf(layer) + 1;
      const peaks = createPeaks(shape.at(-1) as number, images.classNames.length, count);
      return { layer: { name, kind, shape: [1, ...shape], range }, position, field, peaks };
    }),
    files: {},
  });
  const parts = layersAtOnce(layers);
  result.badImageCount = await visitImages(trained, layers, images, settings, async (visited) => {
    const { inputs, size, batch, fileIndexes } = visited;
    countImages(result.imageCounts, batch);
    const located: ChannelPeaks[] = [];
    for (const part of parts) {
      located.push(
        ...(await network.locatePeaks(
          inputs,
          size,
          part.map(({ name }) => name),
        )),
      );
    }
    fileIndexes.slice(0, batch.size).forEach((fileIndex, image) => {
      result.layers.forEach(({ peaks }, layer) => {
        addPeaks(peaks, located[layer] as ChannelPeaks, image, batch.classIndexes[image] as number, fileIndex);
      });
    });
  });
  const last = result.layers.at(-1);
  requireNumbers(result, last && { name: last.layer.name, nonFiniteCounts: last.peaks.nonFiniteImageCounts });
  nameFiles(result, images);
  return result;
}

/** Keeps what identifies the images that are among a channel's strongest. @param others images that are needed besides these */
export function nameFiles({ layers, files }: PatchShard, images: ChannelImages, others: readonly number[] = []): void {
  for (const fileIndex of new Set([...layers.flatMap(({ peaks }) => [...peaks.fileIndexes]), ...others])) {
    const file = images.files[fileIndex];
    if (file === undefined) continue;
    const { path, classIndex } = file;
    files[fileIndex] = { path: nameImage(images.root, path), classIndex, byteCount: countBytes(path) };
  }
}

/** @throws CnnvizError BAD_IMAGE for an image that is gone by now */
function countBytes(path: string): number {
  try {
    return readSize(path);
  } catch (error) {
    throw badImage(path, 'it was there when it was measured, and is gone', error);
  }
}
