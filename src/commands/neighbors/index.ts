import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { badArgument, CnnvizError } from '../../base/errors.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import { resolveOptions } from '../../options/resolve.js';
import type { PictureSource } from '../../output/picture-source.js';
import { type Match, NearestImages } from '../../resemblance/nearest.js';
import { selectFeatures } from '../../resemblance/select-features.js';
import { announceChosen } from '../shared/announce-data.js';
import { requireProbabilities } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { describeProvenance, planTargets, writeResults } from '../shared/image-results.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';
import { streamLayers } from '../shared/output-stream.js';
import { describeSource, onImages } from '../shared/picture-source.js';
import { type ChosenImages, chooseRunImages } from '../shared/split-of-run.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { openUnlikeness } from '../shared/training-profile.js';
import { readTrueClasses } from '../shared/true-class.js';
import { visitTargets } from '../shared/visit-targets.js';
import { drawNeighbors } from './neighbor-sheet.js';
import { NEIGHBORS_OPTIONS, type NeighborsOptions } from './options.js';
import { type ImageQuery, openQuery } from './query.js';
import type { ImageNeighbors, Neighbor, NeighborsResult } from './result.js';

/**
 * Finds the training images that a trained network takes for the most alike, in the features that it decides by: the values
 * that its last Dense layer gets, each weighted by what it adds to the score of the predicted class. For each image a folder with
 * a contact sheet and a manifest.json. The images to search are gone through once, and their features are not kept.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, BAD_MODEL (also without features before the classes), BAD_DATASET,
 * BAD_IMAGE when no image could be read, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { neighbors } from 'cnnviz';
 *
 * const { images } = await neighbors({ images: ['cat.jpg'], count: 5 });
 * for (const { path, className, similarity } of images[0]?.neighbors ?? []) console.log(path, className, similarity);
 * ```
 */
export async function neighbors(options: NeighborsOptions): Promise<NeighborsResult> {
  const settings = resolveOptions(NEIGHBORS_OPTIONS, options);
  const { onEvent = () => undefined } = settings;
  const targets = await planTargets(settings, 'neighbors');
  const found = await locateNetwork(settings);
  const data = settings.data ?? findTrainingData(found);
  const chosen = await chooseRunImages(data, 'train', found, settings);
  announceChosen({ ...chosen, split: nameSplit(chosen) }, onEvent);
  const images = targets.map(({ image }) => image);
  using trained = await openTrainedNetwork(found, { ...settings, images, oneSize: true }, ['run', 'score']);
  requireProbabilities(trained.network, trained.place.path, 'neighbors needs');
  const { name: layerName } = selectFeatures(trained.network.layers, trained.network.outputNames);
  const meter = await openUnlikeness(found, trained, settings);
  const trueClassOf = readTrueClasses(settings.images, found.classNames);
  const job = { trained, layerName, classNames: found.classNames, trueClassOf, meter };
  const visited = await visitTargets(targets, settings, async (target, report) => {
    const query = await openQuery(target, job);
    const { prediction, unlike } = query;
    report({ type: 'prediction', image: target.image, ...prediction, ...(unlike && { unlike }) });
    return query;
  });
  const { matches, searchedCount, badFiles } = await search(chosen, visited.images, { trained, layerName, settings });
  for (const badFile of badFiles) onEvent({ type: 'bad-image', ...badFile });
  const network = await describeSource(found, trained.place);
  const source = onImages(network, { path: data, split: nameSplit(chosen), imageCount: searchedCount });
  const about = { options: { data, count: settings.count }, layer: layerName, searchedCount };
  const results = [];
  for (const [index, query] of visited.images.entries()) {
    const nearest = (matches[index] as Match[]).map((match) => describeMatch(match, chosen));
    results.push(await writeNeighbors(query, nearest, { trained, source, about, onEvent }));
  }
  const badImages = [...visited.badImages, ...badFiles];
  return { model: trained.place, layer: layerName, searchedCount, images: results, badImages };
}

async function writeNeighbors(
  { target, prediction, unlike }: ImageQuery,
  nearest: Neighbor[],
  job: { trained: TrainedNetwork; source: PictureSource; about: { options: object }; onEvent: EventListener },
): Promise<ImageNeighbors> {
  const { trained, source, about, onEvent } = job;
  const { preprocessing } = trained;
  const provenance = describeProvenance('cnnviz-neighbors', trained, { ...about, preprocessing });
  const content = { prediction, ...(unlike && { unlike }), neighbors: nearest };
  return writeResults(target, { provenance, onEvent }, async (folder) => {
    const sheet = await drawNeighbors({ ...target, ...content }, source, preprocessing.autoOrient);
    await folder.write('neighbors.png', sheet);
    return { ...content, files: ['neighbors.png'] };
  });
}

/** The folder that the network was trained on. @throws CnnvizError BAD_ARGUMENT where nobody knows it */
function findTrainingData({ run }: LocatedNetwork): string {
  const { data } = run?.record.options ?? {};
  if (typeof data === 'string') return data;
  throw badArgument(
    'data',
    'a folder of images',
    undefined,
    'The network does not say which images it was trained on.',
  );
}

/** An undivided folder has no training images, unless they are the run's own. */
function nameSplit({ folder, split, files, overlap }: ChosenImages) {
  const isUndivided = folder.places.train?.folder === folder.root;
  return isUndivided && (overlap === null || overlap.trainedOn < files.length) ? null : split;
}

/** Goes through the images once; an image that is looked for is not its own neighbor. */
async function search(
  { files }: ChosenImages,
  queries: readonly ImageQuery[],
  {
    trained,
    layerName,
    settings,
  }: { trained: TrainedNetwork; layerName: string; settings: NeighborsOptions & { batchSize: number; count: number } },
) {
  const { onBadImage } = settings;
  const source = new ImageSource(files, {
    preprocessing: trained.preprocessing,
    ...(onBadImage && { onBadImage }),
    cacheBudget: { limit: 0, used: 0 }, // every image is needed once
  });
  using decoder = await openDecoder(trained.backend.name);
  source.decoder = decoder;
  const own = await Promise.all(queries.map(({ target }) => findRealPath(target.image)));
  const nearest = new NearestImages(queries, settings.count);
  let searchedCount = 0;
  for await (const { batch, layers } of streamLayers(trained.network, source, [layerName], settings)) {
    const { values } = layers[0] as { values: Float32Array };
    const units = values.length / batch.size;
    const paths = await Promise.all(
      Array.from(batch.fileIndexes, (index) => findRealPath(files[index]?.path as string)),
    );
    for (const [example, fileIndex] of batch.fileIndexes.entries()) {
      const path = paths[example];
      nearest.add(fileIndex, values.subarray(example * units, (example + 1) * units), (query) => own[query] === path);
    }
    searchedCount += batch.size;
  }
  if (searchedCount === 0) throw new CnnvizError('BAD_DATASET', 'none of the images to search could be read');
  return { matches: nearest.matches, searchedCount, badFiles: source.badFiles };
}

/** Without links; a path into an archive as it is. */
async function findRealPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

function describeMatch({ index, similarity }: Match, { files, folder }: ChosenImages) {
  const { path, classIndex } = files[index] as ChosenImages['files'][number];
  return { path, className: folder.classNames[classIndex] as string, similarity };
}
