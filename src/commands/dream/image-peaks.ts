// The highest activations that images reach, for dreams to be compared with.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { ChannelReport } from '../../channels/report.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { listImageFiles } from '../../dataset/folder/image-files.js';
import { openDataFolder } from '../../dataset/folder/open-data-folder.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import { type Activation, type MeasuredImages, measureImages, readActivation } from '../../dream/ascent.js';
import { imagesAtOnce, layersAtOnce } from '../../engines/contract/channel-measurements.js';
import type { LocatedNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { notFinite } from '../shared/not-finite.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamBatches } from '../shared/output-stream.js';
import { openDataList } from '../shared/run-overlap.js';
import type { DreamSettings } from './options.js';
import { type DreamPlace, type DreamSubject, nameSubject } from './plan-dreams.js';
import type { ComparedImages } from './result.js';

/** What images reach. */
export interface ImagePeaks {
  about: ComparedImages;
  bySubject: ReadonlyMap<DreamSubject, Activation>;
}

/** Where images are looked for. */
export interface Images extends Omit<ComparedImages, 'imageCount'> {
  images: string[];
  /** of the run's, how many are no longer there */
  missingCount: number;
}

/**
 * The folder that is asked for, else the validation images of the network's run; undefined where there are none.
 *
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_DATASET for a folder without images
 */
export async function listImages(
  found: LocatedNetwork,
  { data, onEvent = () => undefined }: DreamSettings,
): Promise<Images | undefined> {
  if (data !== undefined) {
    const { root, folder } = await openDataFolder(data, 'Name a folder of images.');
    const { images } = await listImageFiles(folder);
    if (images.length === 0) throw new CnnvizError('BAD_DATASET', `${root}: no images in this folder`);
    return { path: root, split: null, images, missingCount: 0 };
  }
  const root = found.run?.record.options.data;
  if (typeof root !== 'string') return undefined;
  const list = await openDataList(found, onEvent);
  const files = list?.validation?.files ?? [];
  const images = files.map((file) => join(root, file)).filter((path) => existsSync(path));
  const missingCount = files.length - images.length;
  return images.length === 0 ? undefined : { path: root, split: 'validation', images, missingCount };
}

/** From a channel report; undefined where it does not hold all that is wanted, or its images were preprocessed otherwise. */
export function readPeaks(
  report: ChannelReport | undefined,
  places: readonly DreamPlace[],
  { preprocessing }: Pick<TrainedNetwork, 'preprocessing'>,
): ImagePeaks | undefined {
  if (report === undefined || !isSame(report.preprocessing, preprocessing)) return undefined;
  const bySubject = new Map<DreamSubject, Activation>();
  for (const { layerName, subjects } of places) {
    const channels = report.layers.find(({ name }) => name === layerName)?.channels;
    for (const subject of subjects) {
      const { strongestImage, max } = channels?.[subject.index] ?? {};
      if (!strongestImage || max === undefined || !Number.isFinite(strongestImage.mean + max)) return undefined;
      bySubject.set(subject, { mean: strongestImage.mean, max });
    }
  }
  const { path, split, imageCount } = report.data;
  return { about: { path, split, imageCount }, bySubject };
}

/** One of the two was read from a file. */
function isSame(reported: object | undefined, own: Preprocessing): boolean {
  return isDeepStrictEqual(reported, JSON.parse(JSON.stringify(own)));
}

/**
 * By one pass over images, of which only the highest values are kept.
 *
 * @throws CnnvizError BAD_DATASET, ABORTED, BAD_MODEL for what is not finite on any image
 */
export async function measurePeaks(
  { images, missingCount, ...about }: Images,
  places: readonly DreamPlace[],
  { network, preprocessing, backend, place: model }: TrainedNetwork,
  settings: DreamSettings,
): Promise<ImagePeaks> {
  const { onEvent = () => undefined } = settings;
  if (missingCount > 0) {
    const missing = `${missingCount} of the run's ${formatAmount(images.length + missingCount, 'validation image')}`;
    onEvent({ type: 'warning', message: `${missing} are no longer in ${about.path}` });
  }
  const bySubject = new Map<DreamSubject, Activation>();
  const layers = network.layers.filter(({ name }) => places.some(({ layerName }) => layerName === name));
  const batchSize = imagesAtOnce(layers, 20);
  const parts = layersAtOnce(layers).map((part) => part.map(({ name }) => name));
  const files = images.map((path) => ({ path, classIndex: 0 }));
  const source = new ImageSource(files, { preprocessing, cacheBudget: { limit: 0, used: 0 } });
  using decoder = await openDecoder(backend.name);
  source.decoder = decoder;
  let imageCount = 0;
  for await (const { pixels, size } of streamBatches(source, { ...settings, batchSize })) {
    imageCount += size;
    const input = toImageFloats(pixels, preprocessing);
    const measured = await measurePlaces(network, parts, places, input, size);
    for (const { layerName, subjects } of places) {
      const ofPlace = measured.get(layerName) as MeasuredImages;
      for (const subject of subjects) {
        for (let image = 0; image < size; image++) {
          keepHigher(bySubject, subject, readActivation(ofPlace, subject.goal, image));
        }
      }
    }
  }
  for (const badFile of source.badFiles) onEvent({ type: 'bad-image', ...badFile });
  for (const [subject, peak] of bySubject) {
    if (peak.mean === -Infinity || peak.max === -Infinity) {
      throw notFinite(model.path, `${nameSubject(subject)} is NaN or infinite on every image`);
    }
  }
  return { about: { ...about, imageCount }, bySubject };
}

/** A layer's channels all at once, and layers together as far as memory allows. */
async function measurePlaces(
  network: TrainedNetwork['network'],
  parts: readonly (readonly string[])[],
  places: readonly DreamPlace[],
  input: Float32Array,
  size: number,
): Promise<Map<string | null, MeasuredImages>> {
  const measured = new Map<string | null, MeasuredImages>();
  for (const names of parts) {
    for (const { name, means, maxima } of await network.measure(input, size, names)) {
      measured.set(name, { means, maxima });
    }
  }
  if (places.some(({ layerName }) => layerName === null)) {
    measured.set(null, await measureImages(network, null, input, size));
  }
  return measured;
}

/** The mean and the largest value each by itself; one that is not finite is not kept. */
function keepHigher(peaks: Map<DreamSubject, Activation>, subject: DreamSubject, { mean, max }: Activation): void {
  const known = peaks.get(subject) ?? { mean: -Infinity, max: -Infinity };
  peaks.set(subject, { mean: higher(known.mean, mean), max: higher(known.max, max) });
}

const higher = (known: number, value: number) => (value > known && value < Infinity ? value : known);
