// What the layers put out for each image of a folder, and a sample of it.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { type FoundGroups, findGroups } from '../../groups/find-groups.js';
import { LayerSample, shuffleColumns } from '../../groups/layer-sample.js';
import { type ChannelImages, nameImage } from '../channels/channel-images.js';
import { type VisitedBatch, visitImages } from '../channels/visit-images.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { notFinite } from '../shared/not-finite.js';
import type { GroupsSettings } from './options.js';

/** The groups of a layer as a sample of its places gives them. */
export interface SampledGroups extends FoundGroups {
  sampledPlaceCount: number;
  /** as `share`, after each channel's values were shuffled */
  shuffledShare: number;
}

/** How many times groups are looked for; once where nothing but the share is wanted. */
const starts = 4;

/** @throws CnnvizError BAD_ARGUMENT for a layer with values below 0, BAD_MODEL, BAD_IMAGE, BAD_DATASET, ABORTED */
export async function sampleGroups(
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: GroupsSettings,
): Promise<SampledGroups[]> {
  const { groups, seed, signal, onEvent } = settings;
  const samples = layers.map(
    ({ shape }) => new LayerSample(shape as [number, number, number], images.files.length, seed),
  );
  await visitMaps(trained, layers, images, settings, ({ layer, maps, fileIndex }) => {
    if (maps !== null) samples[layer]?.add(maps, fileIndex);
  });
  const pause = async () => {
    await setImmediate(); // a step blocks everything else: let timers and signals in
    if (signal?.aborted) throw new CnnvizError('ABORTED', 'stopped while channels were grouped');
  };
  onEvent?.({ type: 'stage', stage: 'grouping' });
  const found: SampledGroups[] = [];
  for (const [index, sample] of samples.entries()) {
    const { matrix } = sample;
    if (matrix.rows === 0)
      throw notFinite(trained.place.path, `layer ${layers[index]?.name} outputs NaN or infinity on every image`);
    const own = await findGroups(matrix, { count: groups, seed, starts }, pause);
    const byChance = await findGroups(shuffleColumns(matrix, seed), { count: groups, seed, starts: 1 }, pause);
    found.push({ ...own, sampledPlaceCount: matrix.rows, shuffledShare: byChance.share });
  }
  return found;
}

/** What a layer puts out for an image. */
interface ImageMaps {
  /** of the layers that are looked at */
  layer: number;
  /** [height, width, channels]; null where some value is NaN or infinite */
  maps: Float32Array | null;
  fileIndex: number;
  classIndex: number;
}

/** Goes through the images once. @returns how many could not be read */
export async function visitMaps(
  trained: TrainedNetwork,
  layers: readonly NetworkLayer[],
  images: ChannelImages,
  settings: GroupsSettings,
  take: (maps: ImageMaps) => void,
  onBatch: (visited: VisitedBatch) => void = () => undefined,
): Promise<number> {
  const names = layers.map(({ name }) => name);
  return visitImages(trained, layers, images, settings, async (visited) => {
    onBatch(visited);
    const { inputs, size, batch, fileIndexes } = visited;
    const outputs = await trained.network.run(inputs, size, names);
    for (let image = 0; image < batch.size; image++) {
      const fileIndex = fileIndexes[image] as number;
      outputs.forEach(({ name, values }, layer) => {
        const length = values.length / size;
        const maps = values.subarray(image * length, (image + 1) * length);
        const lowest = findLowest(maps);
        if (lowest < 0) throw refuseNegative(name, lowest, nameImage(images.root, images.files[fileIndex]?.path ?? ''));
        const classIndex = batch.classIndexes[image] as number;
        take({ layer, maps: Number.isFinite(lowest) ? maps : null, fileIndex, classIndex });
      });
    }
  });
}

/** NaN where some value is NaN or infinite. */
function findLowest(values: Float32Array): number {
  let [lowest, sum] = [Number.POSITIVE_INFINITY, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    sum += value;
    if (value < lowest) lowest = value;
  }
  return Number.isFinite(sum) ? lowest : Number.NaN;
}

function refuseNegative(name: string, lowest: number, image: string): CnnvizError {
  const expected = `expected layers with nothing below 0, as a relu puts out, ${name} has ${lowest.toPrecision(3)} on ${image}`;
  return new CnnvizError('BAD_ARGUMENT', `layers: ${expected}`, {
    options: ['layers'],
    hint: 'Name a layer that ends in a relu, or the relu after this one.',
  });
}
