import { join } from 'node:path';
import { plainSteps } from '../../dream/ascend-pixels.js';
import { waveSteps } from '../../dream/ascend-waves.js';
import { identifyModel } from '../../network/identify-model.js';
import { resolveOptions } from '../../options/resolve.js';
import { leavesSizeOpen } from '../shared/brought-network.js';
import { findChannelReport } from '../shared/channel-report.js';
import { describeProvenance } from '../shared/image-results.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { describeSource } from '../shared/picture-source.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { drawSheets } from './draw-sheets.js';
import { dreamAll } from './dream-all.js';
import { DreamFolder } from './dream-folder.js';
import { type Images, listImages, measurePeaks, readPeaks } from './image-peaks.js';
import { DREAM_OPTIONS, type DreamOptions, type DreamSettings } from './options.js';
import { chooseDreams, placeDreams } from './plan-dreams.js';
import { describeRecipe } from './recipe.js';
import type { DreamResult } from './result.js';

/** Height and width for a network that leaves its own open, where no image says more. */
const openSize = 224;

/**
 * Makes pictures that make channels of a trained network fire, or the score of a class high, by gradient ascent (activation
 * maximization: Erhan et al., 2009; the recipe: `ascendWaves`, with `plain` `ascendPixels`), and compares what each reaches with
 * the highest that any image does: an ascent that reaches less has failed and shows nothing. Writes a results folder of a
 * PNG for each, a sheet for each layer, and a manifest.json. What an earlier call with the same network and recipe left there is kept.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_DATASET, NOT_WRITABLE, DISK_FULL,
 * BACKEND_UNAVAILABLE, ABORTED; batches that were done by then are in the folder
 *
 * @example
 * ```ts
 * import { dream } from 'cnnviz';
 *
 * const { dreams } = await dream({ model: 'runs/latest', layers: ['conv2d_4'], channels: [6, 15] });
 * for (const { index, reached, highest } of dreams) console.log(index, reached.mean, highest?.mean);
 * ```
 */
export async function dream(options: DreamOptions = {}): Promise<DreamResult> {
  const settings = resolveOptions(DREAM_OPTIONS, options);
  const { out, onEvent = () => undefined } = settings;
  const found = await locateNetwork(settings);
  const listed = await listImages(found, settings);
  const report = await findChannelReport(found, undefined, onEvent);
  const sized = { ...settings, ...chooseSize(found, listed, settings) };
  using trained = await openTrainedNetwork(found, sized, ['measure', 'score', 'ascend']);
  const { network, place: model } = trained;
  const asked = chooseDreams(network, found.classNames, report, settings);
  const steps = settings.steps ?? (settings.plain ? plainSteps : waveSteps);
  const recipe = describeRecipe(await identifyModel(found.modelPath), trained, { ...settings, steps });
  await using folder = await DreamFolder.open(out, recipe, onEvent);
  const places = placeDreams(network, found.classNames, [...asked, ...folder.dreams]);
  const known = settings.data === undefined ? readPeaks(report, places, trained) : undefined;
  const peaks = known ?? (listed && (await measurePeaks(listed, places, trained, settings)));
  if (peaks === undefined) {
    const message = 'no images to compare with, so nobody can say which ascents failed (--data DIR for some)';
    onEvent({ type: 'note', message });
  }
  const source = await describeSource(found, model);
  const provenance = {
    ...describeProvenance('cnnviz-dreams', trained, describeOptions(settings, steps, trained)),
    ...{ recipe, comparedWith: peaks?.about ?? null },
  };
  const job = { trained, folder, places, peaks, source, provenance, settings: { ...settings, steps } };
  const madeCount = await dreamAll(job);
  const { dreams } = folder;
  const files = await folder.write(provenance, dreams, await drawSheets(job));
  for (const file of files) onEvent({ type: 'file-written', path: join(out, file) });
  return { folder: out, model, comparedWith: peaks?.about ?? null, dreams: [...dreams], madeCount, files };
}

function describeOptions({ plain, seed, npy }: DreamSettings, steps: number, { preprocessing }: TrainedNetwork) {
  return { options: { plain, steps, seed, npy }, preprocessing };
}

function chooseSize({ brought }: LocatedNetwork, listed: Images | undefined, { imageSize }: DreamSettings) {
  if (imageSize !== undefined || brought === undefined || !leavesSizeOpen(brought.definition)) return {};
  return listed === undefined ? { imageSize: openSize } : { images: listed.images, oneSize: true };
}
