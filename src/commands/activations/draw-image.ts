// Draws what the layers see in one image into its results folder. It needs no network, and all that it is given is plain data:
// it may run in a thread of its own.

import { basename } from 'node:path';
import { cutIntoPlanes, type LayerActivation } from '../../activations/capture.js';
import {
  type DescribedLayer,
  describeLayer,
  type LayerRanking,
  nameRanking,
} from '../../activations/describe-layer.js';
import type { PlaneStatistics } from '../../base/plane.js';
import { type Raster, rasterFromPixels } from '../../base/raster.js';
import type { ChannelReport } from '../../channels/report.js';
import type { LayerOutput, NetworkLayer } from '../../engines/contract/engine.js';
import { locateLayerCells } from '../../explain/locate-cells.js';
import { type DrawingOptions, drawLayer, type ResultFile, type Subject } from '../../output/activation-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import type { ResultsFolder } from '../../output/results-folder.js';
import type { Range, Scaling } from '../../rendering/normalize.js';
import { encodePngInBackground } from '../../rendering/png.js';
import type { NamedProbability } from '../../rendering/probabilities.js';
import type { EventListener } from '../shared/events.js';
import { type Target, writeResults } from '../shared/image-results.js';
import { reportedFiring } from '../shared/reported-firing.js';
import { type CheckedPrediction, describeChecked, describePrediction } from '../shared/true-class.js';
import { drawOverview, overviewName } from './draw-overview.js';
import type { LayerEvent } from './events.js';

/** What is the same for every image of a call. */
export interface DrawingJob {
  network: { inputShape: readonly number[]; layers: readonly NetworkLayer[]; outputNames: readonly string[] };
  /** to show, in the network's order */
  layers: readonly NetworkLayer[];
  drawing: DrawingOptions;
  /** how each layer is scaled */
  scalings: ReadonlyMap<string, Scaling>;
  /** what the channels did on a folder of images, where that is known */
  report?: ChannelReport;
  /** the network in words, and for programs that read pictures */
  source: PictureSource;
  /** what else the manifest says: model, options, versions */
  provenance: object;
}

/** An image, and what the network made of it. */
export interface SeenImage extends Target {
  width: number;
  height: number;
  /** [height, width, 3], as the network got them */
  pixels: Uint8Array;
  /** of the layers to show, in the network's order */
  outputs: readonly LayerOutput[];
  /** null if the network's last layer does not output class scores */
  prediction: CheckedPrediction | null;
  classes?: readonly NamedProbability[];
  /** absent: channels are not ranked */
  rankings?: ReadonlyMap<string, LayerRanking>;
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

/** A layer's pictures, and what it does in words; `readActivations` has each channel's numbers. */
export interface ShownLayer extends Omit<DescribedLayer, 'channels'> {
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

/** With all that the manifest says of a layer. */
export type MeasuredLayer = ShownLayer & Pick<DescribedLayer, 'channels'>;

const inputName = '00-input.png';

/** Draws an image's results folder, whole or not at all. */
export async function drawImage(
  seen: SeenImage,
  job: DrawingJob,
  onEvent: EventListener<LayerEvent>,
): Promise<ImageResult> {
  const { image, folder: place, prediction } = seen;
  const { network, provenance, drawing } = job;
  const inputShape = [1, ...network.inputShape];
  const written = await writeResults({ image, folder: place }, { provenance, onEvent }, async (folder) => {
    const subject = describeSubject(seen, job);
    void folder.write(inputName, encodePngInBackground(subject.photograph, subject.texts));
    const classes = seen.classes?.map((each) => {
      return each.className === prediction?.trueClass ? { ...each, role: 'true' as const } : each;
    });
    const shown = seen.outputs.map(cutIntoPlanes);
    const { colormap } = drawing;
    const overview = drawOverview(shown, { network, subject, prediction, classes, colormap });
    if (overview !== undefined) void folder.write(overviewName, overview);
    const layers = await writeLayers(folder, shown, job, { rankings: seen.rankings, subject, classes, onEvent });
    if (prediction !== null) onEvent({ type: 'prediction', image, ...prediction });
    const overviews = overview === undefined ? [] : [overviewName];
    const files = [inputName, ...overviews, ...layers.flatMap((layer) => layer.files)];
    return { inputShape, prediction, overview: overviews[0] ?? null, layers, files };
  });
  // Of a thousand images, the numbers of every channel would fill the memory.
  return { ...written, layers: written.layers.map(({ channels: _, ...layer }) => layer) };
}

/** What the pictures of an image say of it and of the network. */
function describeSubject(
  { image, pixels, width, height, prediction }: SeenImage,
  { source }: DrawingJob,
): Subject & { photograph: Raster } {
  const name = basename(image);
  const verdict = prediction && (describeChecked(prediction) ?? describePrediction(prediction));
  const texts = { ...source.texts, Image: name, ...(verdict && { Prediction: verdict }) };
  const photograph = rasterFromPixels(pixels, width, height, 3);
  return { image: name, photograph, ...(verdict && { verdict }), network: source.words.join(' - '), texts };
}

interface LayerChoices {
  rankings: ReadonlyMap<string, LayerRanking> | undefined;
  subject: Subject;
  /** of the network's last layer */
  classes: readonly NamedProbability[] | undefined;
  onEvent: EventListener<LayerEvent>;
}

/** Pictures that may wait to be compressed and written while others are drawn: each takes megabytes. */
const layersAhead = 2;

/** Draws layer after layer; a picture is compressed and on its way to the disk while the next is drawn. */
async function writeLayers(
  folder: ResultsFolder,
  shown: LayerActivation[],
  job: DrawingJob,
  choices: LayerChoices,
): Promise<MeasuredLayer[]> {
  const written: Promise<unknown>[] = [];
  const layers: MeasuredLayer[] = [];
  for (const [index, layer] of shown.entries()) {
    await written[index - layersAhead];
    const drawn = showLayer(layer, job.layers[index] as NetworkLayer, job, choices);
    // Whoever fills the folder reports what fails.
    written.push(Promise.allSettled(drawn.files.map(({ name, content }) => folder.write(name, content))));
    layers.push({ ...drawn, files: drawn.files.map(({ name }) => name) });
  }
  return layers;
}

function showLayer(
  layer: LayerActivation,
  { kind, flattened, ...place }: NetworkLayer,
  { network, drawing, report, scalings }: DrawingJob,
  { rankings, subject, classes, onEvent }: LayerChoices,
): Omit<MeasuredLayer, 'files'> & { files: ResultFile[] } {
  const { name, shape } = layer;
  const ranking = rankings?.get(name);
  const overImages = reportedFiring(report, name);
  const cells = locateLayerCells(place, network);
  const context = { ...(ranking && { ranking }), ...(overImages && { overImages }), ...(cells && { cells }) };
  const described = describeLayer(layer, context);
  const words = { ...described, ...(ranking && { rankedBy: nameRanking(ranking) }) };
  const scaling = scalings.get(name) as Scaling;
  const position = network.layers.findIndex((layer) => layer.name === name) + 1;
  const isOutput = name === network.outputNames[0];
  const drawable = { ...layer, ...words, subject, flattened, ...(isOutput && classes && { classes }) };
  const files = drawLayer(drawable, position, scaling, drawing);
  const { rankedBy, top } = words;
  onEvent({
    type: 'layer',
    name,
    shape,
    ...countOddChannels(words.channels),
    ...(ranking && top && { by: ranking.by, rankedBy, top }),
  });
  const range = typeof scaling === 'string' ? undefined : { min: scaling.min, max: scaling.max };
  return { name, kind, shape, files, ...(range && { range }), ...words };
}

function countOddChannels(channels: readonly PlaneStatistics[]): { zeroCount: number; nonFiniteCount: number } {
  return {
    zeroCount: channels.filter(({ min, max, nonFiniteCount }) => min === 0 && max === 0 && nonFiniteCount === 0).length,
    nonFiniteCount: channels.filter(({ nonFiniteCount }) => nonFiniteCount > 0).length,
  };
}
