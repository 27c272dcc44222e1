import { checkChannels } from '../activations/select-channels.js';
import { selectLayers } from '../activations/select-layers.js';
import type { BadFile } from '../dataset/batch.js';
import type { FoundModel } from '../model/find-model.js';
import { type ActivationsOptions, type ActivationsSettings, settleActivationsOptions } from './activations-options.js';
import { describeProvenance, planTargets, visitTargets } from './image-results.js';
import type { ImageResult, ShowingJob } from './show-image.js';
import { choosePreprocessing, locateNetwork, openTrainedNetwork, type TrainedNetwork } from './trained-network.js';

export interface ActivationsResult {
  /** one for each image that could be read */
  images: ImageResult[];
  badImages: BadFile[];
}

/**
 * Shows what layers of a trained network see in images: for each a folder of pictures with a manifest.json. The network
 * is loaded once, and run once an image.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND (a path, a layer, a channel), BAD_MODEL, BAD_IMAGE when no image
 * could be read, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 */
export async function activations(options: ActivationsOptions): Promise<ActivationsResult> {
  const settings = settleActivationsOptions(options);
  const targets = await planTargets(settings, 'activations');
  const found = await locateNetwork(settings);
  const trained = await openTrainedNetwork(found, settings);
  try {
    const job = prepareJob(found, trained, settings);
    const { showImage } = await import('./show-image.js');
    return await visitTargets(targets, settings, (target) => showImage(target, job));
  } finally {
    trained.dispose();
  }
}

function prepareJob(found: FoundModel, trained: TrainedNetwork, settings: ActivationsSettings): ShowingJob {
  const { network, description } = trained;
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
  const options = { layers: names, ...drawing };
  const provenance = describeProvenance('cnnviz-activations', trained, { options, preprocessing });
  const classNames = found.run?.record.classNames ?? [];
  return { network, classNames, preprocessing, layers, drawing, provenance, onEvent };
}
