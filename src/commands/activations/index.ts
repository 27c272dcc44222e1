import { isContribution } from '../../activations/rank-channels.js';
import { checkChannels } from '../../activations/select-channels.js';
import { missedLayers } from '../../activations/select-layers.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import { scoresOf } from '../../engines/contract/scores.js';
import { planFrame } from '../../output/activation-files.js';
import type { Scaling } from '../../rendering/normalize.js';
import { findChannelReport } from '../shared/channel-report.js';
import { checkNames } from '../shared/check-names.js';
import { chooseLayers } from '../shared/choose-layers.js';
import { describeProvenance, planTargets, type Target } from '../shared/image-results.js';
import { type JobsBySize, prepareBySize } from '../shared/jobs-by-size.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { openDecoder } from '../shared/open-decoder.js';
import { describeSource } from '../shared/picture-source.js';
import { prepareRanking } from '../shared/rank-layers.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { readTrueClasses } from '../shared/true-class.js';
import { warnOfTurned } from '../shared/turned-images.js';
import type { ImageResult } from './draw-image.js';
import { type ActivationsOptions, type ActivationsSettings, resolveActivationsOptions } from './options.js';
import { fixedScaleCaption } from './scaling-options.js';
import type { ShowingJob } from './show-image.js';

export interface ActivationsResult {
  /** one for each image that could be read */
  images: ImageResult[];
  badImages: BadFile[];
}

/**
 * Shows what layers of a trained network see in images: for each a folder of pictures with a manifest.json. The network is
 * loaded once, and run once per image.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND (a path, a layer, a channel), BAD_MODEL, BAD_IMAGE when no image
 * could be read, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { activations } from 'cnnviz';
 *
 * const { images } = await activations({ images: ['cat.jpg'], layers: 4, out: 'activations' });
 * for (const { image, folder } of images) console.log(image, folder);
 * ```
 */
export async function activations(options: ActivationsOptions): Promise<ActivationsResult> {
  const settings = resolveActivationsOptions(options);
  const targets = await planTargets(settings, 'activations');
  const found = await locateNetwork(settings);
  checkNames(found, { ...settings, classes: settings.class === undefined ? [] : [settings.class] });
  using trained = await openTrainedNetwork(
    found,
    { ...settings, images: targets.map(({ image }) => image) },
    isContribution(settings.by) ? ['run', 'score'] : ['run'],
  );
  const { onEvent = () => undefined } = settings;
  // For one JPEG as well: loading sharp takes longer than all else that is done with the image.
  using decoder = await openDecoder(trained.backend.name);
  const jobs = await prepareBySize<ShowingJob>(trained, async (sized, first) => {
    if (first === undefined) return { ...(await prepareJob(found, sized, settings)), decoder };
    const layers = first.layers.map(({ name }) => name);
    return { ...(await prepareJob(found, sized, { ...settings, layers, onEvent: () => undefined })), decoder };
  });
  const scalings = await resolveLayerScalings(settings, targets, jobs);
  const { showImages } = await import('./show-images.js');
  const visited = await showImages(targets, jobs, scalings, settings);
  warnOfTurned(visited.images, trained.preprocessing, onEvent);
  return visited;
}

async function prepareJob(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  settings: ActivationsSettings,
): Promise<Omit<ShowingJob, 'decoder'>> {
  const { network, preprocessing } = trained;
  const layers = chooseLayers(network.layers, settings);
  const missed = missedLayers(network.layers, settings.layers);
  if (missed !== undefined) {
    const message = `the first ${missed.length} layers are not just convolutions and pooling, as in the article's network; to get those, use --layers ${missed.join(',')}`;
    settings.onEvent?.({ type: 'warning', message });
  }
  checkChannels(
    settings.channels,
    layers.flatMap(({ name, shape }) => (shape.length === 3 ? [{ name, channelCount: shape[2] ?? 0 }] : [])),
  );
  const { channels, columns, tile, colormap, npy, onEvent = () => undefined, top, by, class: classChoice } = settings;
  const drawing = { channels, columns, tile, colormap, npy };
  const frame = planFrame(layers, { columns, tile, top });
  const options = {
    layers: layers.map(({ name }) => name),
    scaling: settings.scaling,
    top,
    by,
    class: classChoice,
    ...drawing,
  };
  const classNames = found.classNames;
  const scores = isContribution(by) ? scoresOf(network) : undefined;
  const ranking = prepareRanking(settings, layers, scores, { classNames, onEvent });
  const report = await findChannelReport(found, undefined, onEvent);
  const provenance = {
    ...describeProvenance('cnnviz-activations', trained, { options, preprocessing }),
    // The images that captions speak of besides the one that is shown.
    ...(report && { examined: report.data }),
  };
  return {
    source: await describeSource(found, trained.place),
    trueClassOf: readTrueClasses(settings.images, classNames),
    ...{ network, classNames, preprocessing, layers, provenance },
    drawing: { ...drawing, frame },
    ...(ranking && { ranking }),
    ...(report && { report }),
  };
}

/** How each layer is scaled; for a shared scale, all images are measured first. */
async function resolveLayerScalings(
  { scaling, signal, onEvent }: ActivationsSettings,
  targets: readonly Target[],
  { first, forImage }: JobsBySize<ShowingJob>,
): Promise<ReadonlyMap<string, Scaling>> {
  const layerNames = first.layers.map(({ name }) => name);
  if (scaling === 'shared') {
    const { measureSharedScales } = await import('./shared-scale.js');
    return measureSharedScales(
      targets,
      { forImage, layerNames },
      { ...(onEvent && { onEvent }), ...(signal && { signal }) },
    );
  }
  const resolved = typeof scaling === 'string' ? scaling : { ...scaling, caption: fixedScaleCaption };
  return new Map(layerNames.map((name) => [name, resolved]));
}
