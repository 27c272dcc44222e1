import { join } from 'node:path';
import { checkChannels } from '../activations/select-channels.js';
import { selectLayers } from '../activations/select-layers.js';
import type { BadFile } from '../dataset/batch.js';
import { CnnvizError } from '../errors.js';
import type { FoundModel } from '../model/find-model.js';
import { checkResultsFolder } from '../report/results-folder.js';
import { type ActivationsOptions, type ActivationsSettings, settleActivationsOptions } from './activations-options.js';
import { expandImageArguments, nameResults } from './image-arguments.js';
import type { ImageResult, ShowingJob, Target } from './show-image.js';
import { choosePreprocessing, locateNetwork, openTrainedNetwork, type TrainedNetwork } from './trained-network.js';
import { readOwnVersion } from './versions.js';

export interface ActivationsResult {
  /** one for each image that could be read */
  images: ImageResult[];
  badImages: BadFile[];
}

const defaultRoot = 'activations';

/**
 * Shows what layers of a trained network see in images: for each a folder of pictures with a manifest.json. The network
 * is loaded once, and run once an image.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND (a path, a layer, a channel), BAD_MODEL, BAD_IMAGE when no image
 * could be read, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 */
export async function activations(options: ActivationsOptions): Promise<ActivationsResult> {
  const settings = settleActivationsOptions(options);
  const targets = await planTargets(settings);
  const found = await locateNetwork(settings);
  const trained = await openTrainedNetwork(found, settings);
  try {
    return await showImages(targets, prepareJob(found, trained, settings), settings.signal);
  } finally {
    trained.dispose();
  }
}

async function planTargets({ images: paths, out }: ActivationsSettings): Promise<Target[]> {
  const images = await expandImageArguments(paths);
  const names = nameResults(images);
  const isOneFile = paths.length === 1 && images[0] === paths[0];
  const targets = images.map((image, index) => ({
    image,
    folder: isOneFile && out !== undefined ? out : join(out ?? defaultRoot, names[index] as string),
  }));
  for (const { folder } of targets) await checkResultsFolder(folder);
  return targets;
}

function prepareJob(found: FoundModel, trained: TrainedNetwork, settings: ActivationsSettings): ShowingJob {
  const { network, description, backend } = trained;
  const names = selectLayers(description.layers, settings.layers);
  const layers = description.layers.filter(({ name }) => names.includes(name));
  checkChannels(
    settings.channels,
    layers.flatMap(({ name, outputShape }) =>
      outputShape.length === 4 ? [{ name, channelCount: outputShape[3] ?? 0 }] : [],
    ),
  );
  const { channels, normalize, columns, tile, colormap, npy, onEvent = () => undefined } = settings;
  const drawing = { channels, normalize, columns, tile, colormap, npy };
  const preprocessing = choosePreprocessing(found, network.inputShape);
  const provenance = {
    format: 'cnnviz-activations',
    formatVersion: 1,
    versions: { cnnviz: readOwnVersion(), node: process.versions.node },
    backend: { name: backend.name, version: backend.version, threads: backend.threads },
    model: trained.place,
    options: { layers: names, ...drawing },
    preprocessing,
  };
  const classNames = found.run?.record.classNames ?? [];
  return { network, classNames, preprocessing, layers, drawing, provenance, onEvent };
}

/** A bad image among several is skipped and told; alone it is the call's failure. */
async function showImages(targets: Target[], job: ShowingJob, signal?: AbortSignal): Promise<ActivationsResult> {
  const { showImage } = await import('./show-image.js');
  const result: ActivationsResult = { images: [], badImages: [] };
  for (const target of targets) {
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${target.image}`);
    try {
      result.images.push(await showImage(target, job));
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE' || targets.length === 1) throw error;
      const badImage = { path: target.image, reason: error.message };
      result.badImages.push(badImage);
      job.onEvent({ type: 'bad-image', ...badImage });
    }
  }
  if (result.images.length > 0) return result;
  throw new CnnvizError('BAD_IMAGE', `none of the ${targets.length} images could be read`);
}
