import { basename } from 'node:path';
import { captureActivations, type LayerActivation } from '../../activations/capture.js';
import type { LayerRanking } from '../../activations/describe-layer.js';
import { CnnvizError } from '../../base/errors.js';
import { rasterFromPixels } from '../../base/raster.js';
import { decodePhotograph } from '../../dataset/decode/decode.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { describeCells, locateCells } from '../../explain/locate-cells.js';
import { getMethod, type MethodName } from '../../explain/methods.js';
import type { SpatialLayer } from '../../explain/select-layer.js';
import { type PagePart, renderImagePart } from '../../page/image-part.js';
import type { NetworkLayerData } from '../../page/page-data.js';
import { type ScoringLayer, summarizeScore } from '../../page/score/summarize-score.js';
import type { ScoreSummary } from '../../page/score/summary.js';
import type { ImageSummary } from '../../page/summary.js';
import { encodeJpeg } from '../../rendering/jpeg.js';
import { explainPixels } from '../explain/explain-pixels.js';
import { classify, classProbabilities, givesProbabilities, nameClass } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { rankLayers } from '../shared/rank-layers.js';
import { type CheckedPrediction, checkPrediction, type TrueClassOf } from '../shared/true-class.js';
import { summarizeInput } from './report-input.js';
import { summarizeLayer } from './report-layer.js';

/** What is the same for every image of a report. */
export interface ReportingJob {
  network: Engine;
  /** or why the network cannot be explained */
  evidence: { scores: ScoreNetwork; layer: SpatialLayer } | { problem: string };
  method: MethodName;
  /** interpolate between the middles of the cells */
  smooth: boolean;
  classNames: readonly string[];
  trueClassOf: TrueClassOf;
  preprocessing: Preprocessing;
  /** where the scores come from, where that is a dense layer */
  scoring: ScoringLayer | undefined;
  /** to show, in the network's order: those that were chosen, and those without height and width */
  layers: readonly NetworkLayer[];
  /** the input and all layers, as the page has them */
  pageNetwork: readonly NetworkLayerData[];
  /** maps in 256 steps */
  exact: boolean;
  /** the network is not the page's own, but one that it is compared with */
  isOther?: boolean;
  onEvent: EventListener;
}

/** Longest side of the image on the page, pixels. */
const photographSize = 1024;

/** Shows one image to the network and renders its part of the page. */
export async function reportImage(
  image: string,
  number: number,
  job: ReportingJob,
): Promise<{ part: PagePart; prediction: CheckedPrediction | null }> {
  const { network, preprocessing, pageNetwork, exact, isOther = false, onEvent } = job;
  const { photograph, pixels } = await decodePhotograph(image, preprocessing);
  onEvent({ type: 'input', image, inputShape: [1, ...network.inputShape] });
  const input = toImageFloats(pixels, preprocessing);
  const { activations, outputs } = await runNetwork(input, job);
  const trueClass = job.trueClassOf(image);
  const prediction =
    outputs === undefined ? null : checkPrediction(classify(outputs, job.classNames, network.outputKind), trueClass);
  if (prediction !== null) onEvent({ type: 'prediction', image, ...prediction });
  const evidence = await findEvidence(image, input, job);
  const rankings = 'problem' in evidence ? undefined : await rankByContribution(input, job);
  const { width, height, data } = photograph;
  const jpeg = await encodeJpeg(rasterFromPixels(data, width, height, 3), photographSize);
  const activationOf = ({ name }: NetworkLayer) => activations.get(name) as LayerActivation;
  const summary: ImageSummary = {
    name: basename(image),
    width,
    height,
    photograph: jpeg.bytes,
    classes: outputs === undefined ? [] : nameProbabilities(outputs, job.classNames),
    ...(trueClass !== undefined && { trueClass }),
    evidence,
    ...(outputs !== undefined && { score: explainScore(activations, outputs.length, job) }),
    layers: [
      summarizeInput(input, { name: pageNetwork[0]?.name ?? '', inputShape: network.inputShape, preprocessing }),
      ...job.layers.map((layer) => ({
        ...summarizeLayer(layer, activationOf(layer), { rankings, network }),
        ...(layer.name === network.outputNames[0] && nameOutputs(outputs, job.classNames)),
      })),
    ],
    ...(rankings !== undefined && prediction !== null && { contributionTo: prediction.className }),
  };
  return { part: renderImagePart(summary, number, { network: pageNetwork, exact, isOther }), prediction };
}

/** What the scores are sums of; null where they do not come from a dense layer. */
function explainScore(
  activations: ReadonlyMap<string, LayerActivation>,
  outputCount: number,
  { scoring, classNames }: ReportingJob,
): ScoreSummary | null {
  const before = scoring && activations.get(scoring.before);
  if (before === undefined) return null;
  const names = Array.from({ length: Math.max(2, outputCount) }, (_, index) => nameClass(index, classNames));
  return summarizeScore(before.values, scoring as ScoringLayer, names);
}

/** One run for the layers to show and for the last one, which has the class scores if it has one number per class. */
async function runNetwork(
  input: Float32Array,
  { network, layers, scoring }: ReportingJob,
): Promise<{ activations: Map<string, LayerActivation>; outputs?: Float32Array }> {
  const { outputNames } = network;
  const names = new Set([...layers.map(({ name }) => name), ...outputNames, ...(scoring ? [scoring.before] : [])]);
  const captured = await captureActivations(network, input, [...names]);
  const activations = new Map(captured.map((activation) => [activation.name, activation]));
  const output = activations.get(outputNames[0] as string);
  return { activations, ...(output && givesProbabilities(network) && { outputs: output.values }) };
}

/** What each channel adds to the score of the predicted class; nothing where the evidence could not be found. */
async function rankByContribution(
  input: Float32Array,
  { evidence, layers, classNames }: ReportingJob,
): Promise<ReadonlyMap<string, LayerRanking> | undefined> {
  if ('problem' in evidence) return undefined;
  const { scores } = evidence;
  const layerNames = layers
    .map(({ name }) => name)
    .filter((name) => scores.layers.some((layer) => layer.name === name));
  return rankLayers({ by: 'contribution', count: 1, layerNames, classNames, scores }, input);
}

function nameProbabilities(outputs: Float32Array, classNames: readonly string[]): ImageSummary['classes'] {
  return classProbabilities(outputs).map((probability, index) => ({
    className: nameClass(index, classNames),
    probability,
  }));
}

/** The classes of the output layer's units: of one unit the second, whose probability it is. */
function nameOutputs(outputs: Float32Array | undefined, classNames: readonly string[]) {
  if (outputs === undefined) return undefined;
  const first = outputs.length === 1 ? 1 : 0;
  return { probabilityOf: Array.from(outputs, (_, index) => nameClass(first + index, classNames)) };
}

async function findEvidence(
  image: string,
  input: Float32Array,
  { evidence, method, smooth, classNames, trueClassOf, onEvent }: ReportingJob,
): Promise<ImageSummary['evidence']> {
  if ('problem' in evidence) return evidence;
  const { scores, layer } = evidence;
  try {
    const job = { scores, classNames, classes: [], layers: [layer], methods: [method] };
    const [{ explained, caution }] = (await explainPixels(input, job, trueClassOf(image))).explanations;
    for (const { about } of explained) {
      const { classIndex: _, statistics: __, ...described } = about;
      onEvent({ type: 'explanation', image, method, layer: layer.name, ...described });
    }
    if (caution !== undefined) onEvent({ type: 'caution', image, sentence: caution });
    return {
      title: getMethod(method).title,
      layerName: layer.name,
      cells: locateCells(layer, scores.inputShape),
      cellsSentence: describeCells(layer, scores.inputShape),
      smooth,
      ...(caution !== undefined && { caution }),
      maps: explained.map(({ about, map: _, ...drawn }) => ({ ...about, ...drawn })),
    };
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return { problem: error.message };
    throw error;
  }
}
