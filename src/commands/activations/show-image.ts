import { basename } from 'node:path';
import { captureActivations, type LayerActivation } from '../../activations/capture.js';
import {
  type DescribedLayer,
  describeLayer,
  type LayerRanking,
  nameRanking,
} from '../../activations/describe-layer.js';
import type { PlaneStatistics } from '../../base/plane.js';
import { type Raster, rasterFromPixels } from '../../base/raster.js';
import type { ChannelReport } from '../../channels/report.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import { locateLayerCells } from '../../explain/locate-cells.js';
import { type DrawingOptions, drawLayer, type Subject } from '../../output/activation-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { ResultsFolder } from '../../output/results-folder.js';
import type { Range, Scaling } from '../../rendering/normalize.js';
import { encodePngInBackground } from '../../rendering/png.js';
import type { NamedProbability } from '../../rendering/probabilities.js';
import { classify, classProbabilities, givesProbabilities, nameClass, type Prediction } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { type Target, writeResults } from '../shared/image-results.js';
import { type RankingJob, rankLayers } from '../shared/rank-layers.js';
import { reportedFiring } from '../shared/reported-firing.js';
import {
  type CheckedPrediction,
  checkPrediction,
  describeChecked,
  describePrediction,
  type TrueClassOf,
} from '../shared/true-class.js';
import { drawOverview, overviewName } from './draw-overview.js';
import type { LayerEvent } from './events.js';

/** What is the same for every image of a call. */
export interface ShowingJob {
  network: Engine;
  classNames: readonly string[];
  trueClassOf: TrueClassOf;
  preprocessing: Preprocessing;
  /** to show, in the network's order */
  layers: readonly NetworkLayer[];
  drawing: DrawingOptions;
  /** absent: channels are not ranked */
  ranking?: RankingJob;
  /** what the channels did on a folder of images, where that is known */
  report?: ChannelReport;
  /** the network in words, and for programs that read pictures */
  source: PictureSource;
  /** what else the manifest says: model, options, versions */
  provenance: object;
  onEvent: EventListener<LayerEvent>;
}

export interface ImageResult extends Target {
  /** with the batch's 1: [1, height, width, channels] */
  inputShape: number[];
  /** null if the network's last layer does not output class scores */
  prediction: CheckedPrediction | null;
  /** the file to look at first: the whole network; null where no layer that is shown has maps */
  overview: string | null;
  layers: ShownLayer[];
  /** every file in the folder */
  files: string[];
}

export interface ShownLayer extends DescribedLayer {
  name: string;
  /** Keras's class name */
  kind: string;
  shape: number[];
  files: string[];
  /** what the channels were ranked by, in words */
  rankedBy?: string;
  /** the ends of the colors, where they were fixed or are shared by all images */
  range?: Range;
}

const inputName = '00-input.png';

/**
 * Runs the network on an image and writes its results folder, whole or not at all.
 *
 * @param scalings how each layer is scaled
 */
export async function showImage(
  target: Target,
  job: ShowingJob,
  scalings: ReadonlyMap<string, Scaling>,
): Promise<ImageResult> {
  const { network, preprocessing, onEvent } = job;
  const pixels = await decodeImage(target.image, preprocessing);
  const inputShape = [1, ...network.inputShape];
  onEvent({ type: 'input', image: target.image, inputShape });
  const floats = toImageFloats(pixels, preprocessing);
  const { shown, prediction: predicted, classes: probabilities } = await runNetwork(floats, job);
  const prediction = predicted && checkPrediction(predicted, job.trueClassOf(target.image));
  const rankings = job.ranking && (await rankLayers(job.ranking, floats));
  return writeResults(target, job, async (folder) => {
    const input = rasterFromPixels(pixels, preprocessing.width, preprocessing.height, 3);
    const subject = describeSubject(target.image, input, prediction, job);
    void folder.write(inputName, encodePngInBackground(input, subject.texts));
    const classes = probabilities?.map((each) => {
      return each.className === prediction?.trueClass ? { ...each, role: 'true' } : each;
    });
    const { colormap } = job.drawing;
    const overview = drawOverview(shown, { network, subject, prediction, classes, colormap });
    if (overview !== undefined) void folder.write(overviewName, overview);
    const layers = writeLayers(folder, shown, job, { rankings, scalings, subject, classes });
    if (prediction !== null) onEvent({ type: 'prediction', image: target.image, ...prediction });
    const overviews = overview === undefined ? [] : [overviewName];
    const files = [inputName, ...overviews, ...layers.flatMap((layer) => layer.files)];
    return { inputShape, prediction, overview: overviews[0] ?? null, layers, files };
  });
}

/** What the pictures of an image say of it and of the network. */
function describeSubject(
  image: string,
  photograph: Raster,
  prediction: CheckedPrediction | null,
  { source }: ShowingJob,
): Subject {
  const name = basename(image);
  const verdict = prediction && (describeChecked(prediction) ?? describePrediction(prediction));
  const texts = { ...source.texts, Image: name, ...(verdict && { Prediction: verdict }) };
  return { image: name, photograph, ...(verdict && { verdict }), network: source.words.join(' - '), texts };
}

/** One run for the layers to show and for the prediction. */
async function runNetwork(
  input: Float32Array,
  { network, layers, classNames }: ShowingJob,
): Promise<{ shown: LayerActivation[]; prediction: Prediction | null; classes?: NamedProbability[] }> {
  const names = layers.map(({ name }) => name);
  const { outputNames, outputKind } = network;
  const captured = await captureActivations(network, input, [...new Set([...names, ...outputNames])]);
  const shown = captured.filter(({ name }) => names.includes(name));
  const output = captured.find(({ name }) => name === outputNames[0]);
  if (output === undefined || !givesProbabilities(network)) return { shown, prediction: null };
  const classes = classProbabilities(output.values).map((probability, index) => {
    return { className: nameClass(index, classNames), probability };
  });
  return { shown, prediction: classify(output.values, classNames, outputKind), classes };
}

interface LayerChoices {
  rankings: ReadonlyMap<string, LayerRanking> | undefined;
  scalings: ReadonlyMap<string, Scaling>;
  subject: Subject;
  /** of the network's last layer */
  classes: readonly NamedProbability[] | undefined;
}

/** Draws layer after layer; a picture is compressed and on its way to the disk while the next is drawn. */
function writeLayers(
  folder: ResultsFolder,
  shown: LayerActivation[],
  job: ShowingJob,
  { rankings, scalings, subject, classes }: LayerChoices,
): ShownLayer[] {
  const { network, layers, drawing, report, onEvent } = job;
  return shown.map((layer, index) => {
    const { name, shape } = layer;
    const ranking = rankings?.get(name);
    const overImages = reportedFiring(report, name);
    const cells = locateLayerCells(layers[index] as NetworkLayer, network);
    const context = { ...(ranking && { ranking }), ...(overImages && { overImages }), ...(cells && { cells }) };
    const described = describeLayer(layer, context);
    const words = { ...described, ...(ranking && { rankedBy: nameRanking(ranking) }) };
    const scaling = scalings.get(name) as Scaling;
    const position = network.layers.findIndex((layer) => layer.name === name) + 1;
    const { kind, flattened } = layers[index] as NetworkLayer;
    const isOutput = name === network.outputNames[0];
    const drawable = { ...layer, ...words, subject, flattened, ...(isOutput && classes && { classes }) };
    const files = drawLayer(drawable, position, scaling, drawing);
    for (const { name: file, content } of files) void folder.write(file, content);
    const { rankedBy, top } = words;
    onEvent({
      type: 'layer',
      name,
      shape,
      ...countOddChannels(words.channels),
      ...(ranking && top && { by: ranking.by, rankedBy, top }),
    });
    const range = typeof scaling === 'string' ? undefined : { min: scaling.min, max: scaling.max };
    return { name, kind, shape, files: files.map((file) => file.name), ...(range && { range }), ...words };
  });
}

function countOddChannels(channels: readonly PlaneStatistics[]): { zeroCount: number; nonFiniteCount: number } {
  return {
    zeroCount: channels.filter(({ min, max, nonFiniteCount }) => min === 0 && max === 0 && nonFiniteCount === 0).length,
    nonFiniteCount: channels.filter(({ nonFiniteCount }) => nonFiniteCount > 0).length,
  };
}
