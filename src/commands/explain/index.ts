import { CnnvizError } from '../../base/errors.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { EngineUse } from '../../engines/contract/engine.js';
import { type ScoreNetwork, scoresOf } from '../../engines/contract/scores.js';
import { fillFor } from '../../explain/fill.js';
import { getMethod, type MethodName } from '../../explain/methods.js';
import { type SpatialLayer, selectSpatialLayer } from '../../explain/select-layer.js';
import { findClasses } from '../../explain/targets.js';
import { resolveOptions } from '../../options/resolve.js';
import { checkNames } from '../shared/check-names.js';
import { requireProbabilities } from '../shared/classify.js';
import { describeProvenance, planTargets } from '../shared/image-results.js';
import { prepareBySize } from '../shared/jobs-by-size.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import { describeSource } from '../shared/picture-source.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { isCompared, openUnlikeness } from '../shared/training-profile.js';
import { readTrueClasses } from '../shared/true-class.js';
import { warnOfTurned } from '../shared/turned-images.js';
import { visitTargets } from '../shared/visit-targets.js';
import { openAverages } from './average-maps.js';
import { type ChosenMethods, chooseMethods } from './choose-method.js';
import type { ExplainedImage, ExplainingJob } from './explain-image.js';
import { foretellCost } from './follow-runs.js';
import { EXPLAIN_OPTIONS, type ExplainOptions, type ExplainSettings } from './options.js';

export interface ExplainResult {
  /** one for each image that could be read */
  images: ExplainedImage[];
  badImages: BadFile[];
}

/**
 * Shows where in images a trained network finds evidence for its classes: for each image a folder with a picture of the
 * image under the map of each class, all on one scale, and a manifest.json.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND (a path, a layer, a class), BAD_MODEL, BAD_IMAGE when no image
 * could be read, NOT_WRITABLE, DISK_FULL, BACKEND_UNAVAILABLE, ABORTED
 *
 * @example
 * ```ts
 * import { explain } from 'cnnviz';
 *
 * const { images } = await explain({ images: ['cat.jpg'] });
 * for (const { prediction, files } of images) console.log(prediction?.className, files);
 * ```
 */
export async function explain(options: ExplainOptions): Promise<ExplainResult> {
  const settings = resolveOptions(EXPLAIN_OPTIONS, options);
  const targets = await planTargets(settings, 'explanations');
  const found = await locateNetwork(settings);
  checkNames(found, settings);
  const images = targets.map(({ image }) => image);
  const uses: EngineUse[] = ['score', 'perturb'];
  if (await isCompared(found, settings)) uses.push('run');
  using trained = await openTrainedNetwork(found, { ...settings, images }, uses);
  const meter = await openUnlikeness(found, trained, settings);
  const assessInput = meter && ((input: Float32Array) => meter.assessInput(input));
  const source = await describeSource(found, trained.place);
  const { onEvent = () => undefined } = settings;
  const chosen = await chooseMethods(found, settings, onEvent);
  if (chosen.reason !== undefined) onEvent({ type: 'note', message: chosen.reason });
  const jobs = await prepareBySize(trained, (sized) => ({
    ...prepareJob(found, sized, settings, chosen),
    source,
    assessInput,
  }));
  const { explainImage } = await import('./explain-image.js');
  const { first } = jobs;
  const averages = await openAverages(first, {
    ...{ found, preprocessing: first.preprocessing, data: settings.baselineData, fill: settings.fill },
    ...{ everyMethod: first.againstAverage === true, onEvent: first.onEvent, signal: settings.signal },
  });
  if (averages === undefined && first.againstAverage) throw noAverage();
  const cost = await foretellCost(first);
  if (cost !== undefined) first.onEvent({ type: 'note', message: cost });
  const visited = await visitTargets(targets, settings, async (target) => {
    const job = await jobs.forImage(target.image);
    // Images of another size have other maps.
    return explainImage(target, { ...job, ...(averages && job === first && { averages }) });
  });
  warnOfTurned(visited.images, trained.preprocessing, first.onEvent);
  return visited;
}

function noAverage(): CnnvizError {
  return new CnnvizError(
    'BAD_ARGUMENT',
    'baseline: the network has no validation images that are there to average over',
    {
      options: ['baseline'],
      hint: 'Name a folder of images with --baseline-data.',
    },
  );
}

function prepareJob(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  settings: ExplainSettings,
  { methods, layer, reason }: ChosenMethods,
): Omit<ExplainingJob, 'source' | 'assessInput'> {
  const { smooth, npy, fill, baseline, signal, onEvent = () => undefined } = settings;
  requireProbabilities(trained.network, trained.place.path, 'explain needs');
  const scores = scoresOf(trained.network);
  const layers = selectLayers(scores, methods, layer);
  const layerNames = layers.map(({ name }) => name);
  const classNames = found.classNames;
  const classes = findClasses(settings.classes, classNames, scores.scoreCount);
  const { preprocessing } = trained;
  const one = <Value>(values: readonly Value[]) => (values.length === 1 ? values[0] : values);
  const method = [settings.method].flat().includes('auto') ? one(methods) : settings.method;
  const options = { method, layer: one(layerNames), classes, smooth, npy, fill, baseline };
  const provenance = describeProvenance('cnnviz-explanation', trained, {
    options: { ...options, ...(reason !== undefined && { reason }) },
    preprocessing,
  });
  const trueClassOf = readTrueClasses(settings.images, classNames);
  const job = { scores, classNames, trueClassOf, preprocessing, layers, classes, methods, smooth, npy, fill };
  const remark = reason === undefined ? {} : { remark: reason };
  const againstAverage = baseline === 'average';
  const black = [...toImageFloats(new Uint8Array(3), preprocessing)];
  const hide = (input: Float32Array) => fillFor(fill, input, { inputShape: scores.inputShape, black });
  return { ...job, ...remark, againstAverage, fillFor: hide, ...(signal && { signal }), provenance, onEvent };
}

/** The layers that methods explain at; none is needed by those that map pixels. */
function selectLayers(
  { layers }: ScoreNetwork,
  methods: readonly MethodName[],
  asked: ExplainSettings['layer'],
): SpatialLayer[] {
  if (asked !== undefined) return [...new Set([asked].flat())].map((name) => selectSpatialLayer(layers, name));
  return methods.some((name) => getMethod(name).of === 'layer') ? [selectSpatialLayer(layers)] : [];
}
