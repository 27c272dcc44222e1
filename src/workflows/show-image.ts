import { captureActivations, type LayerActivation } from '../activations/capture.js';
import { type DescribedChannel, describeLayer } from '../activations/describe-layer.js';
import { decodeImage } from '../dataset/decode.js';
import { toFloats } from '../dataset/floats.js';
import type { Preprocessing } from '../dataset/preprocessing.js';
import type { Network } from '../model/network.js';
import type { PlaneStatistics } from '../plane.js';
import { rasterFromPixels } from '../raster.js';
import { encodePng } from '../rendering/png.js';
import { type DrawingOptions, drawLayer } from '../report/activation-files.js';
import type { ResultsFolder } from '../report/results-folder.js';
import { classify, type Prediction } from './classify.js';
import type { EventListener } from './events.js';
import { type Target, writeResults } from './image-results.js';

/** What is the same for every image of a call. */
export interface ShowingJob {
  network: Network;
  classNames: readonly string[];
  preprocessing: Preprocessing;
  /** to show, in the network's order */
  layers: readonly { name: string; kind: string }[];
  drawing: DrawingOptions;
  /** what else the manifest says: model, options, versions */
  provenance: object;
  onEvent: EventListener;
}

export interface ImageResult extends Target {
  /** with the batch's 1: [1, height, width, channels] */
  inputShape: number[];
  /** null where the network's last layer does not tell classes apart */
  prediction: Prediction | null;
  layers: ShownLayer[];
  /** every file in the folder */
  files: string[];
}

export interface ShownLayer {
  name: string;
  /** Keras's class name */
  kind: string;
  shape: number[];
  files: string[];
  /** in one sentence */
  caption: string;
  /** in the order of the channels */
  channels: DescribedChannel[];
}

const inputName = '00-input.png';

/** Runs the network once on an image and writes its results folder, whole or not at all. */
export async function showImage(target: Target, job: ShowingJob): Promise<ImageResult> {
  const { network, preprocessing, onEvent } = job;
  const pixels = await decodeImage(target.image, preprocessing);
  const inputShape = [1, ...network.inputShape];
  onEvent({ type: 'input', image: target.image, inputShape });
  const { shown, prediction } = await runNetwork(toFloats(pixels, preprocessing.rescale), job);
  return writeResults(target, job, async (folder) => {
    const input = rasterFromPixels(pixels, preprocessing.width, preprocessing.height, 3);
    await folder.write(inputName, encodePng(input));
    const layers = await writeLayers(folder, shown, job);
    if (prediction !== null) onEvent({ type: 'prediction', image: target.image, ...prediction });
    return { inputShape, prediction, layers, files: [inputName, ...layers.flatMap((layer) => layer.files)] };
  });
}

/** One run for the layers to show and for the prediction. */
async function runNetwork(
  input: Float32Array,
  { network, layers, classNames }: ShowingJob,
): Promise<{ shown: LayerActivation[]; prediction: Prediction | null }> {
  const names = layers.map(({ name }) => name);
  const lastName = network.layerNames.at(-1) as string;
  const captured = await captureActivations(network, input, [...new Set([...names, lastName])]);
  const last = captured.find(({ name }) => name === lastName);
  return {
    shown: captured.filter(({ name }) => names.includes(name)),
    prediction: last?.shape.length === 2 ? classify(last.values, classNames) : null,
  };
}

/** Draws layer after layer; a file is on its way to the disk while the next is drawn. */
async function writeLayers(folder: ResultsFolder, shown: LayerActivation[], job: ShowingJob): Promise<ShownLayer[]> {
  const { network, layers, drawing, onEvent } = job;
  const writes: Promise<void>[] = [];
  const written = shown.map((layer, index) => {
    const { name, shape } = layer;
    const position = network.layerNames.indexOf(name) + 1;
    const { files, statistics } = drawLayer(layer, position, drawing);
    for (const { name: file, content } of files) writes.push(folder.write(file, content));
    onEvent({ type: 'layer', name, shape, ...countOddChannels(statistics) });
    const kind = layers[index]?.kind ?? '';
    return { name, kind, shape, files: files.map((file) => file.name), ...describeLayer(layer, statistics) };
  });
  // All of them end before the folder is thrown away because of one.
  for (const outcome of await Promise.allSettled(writes)) if (outcome.status === 'rejected') throw outcome.reason;
  return written;
}

function countOddChannels(channels: PlaneStatistics[]): { deadCount: number; nonFiniteCount: number } {
  return {
    deadCount: channels.filter(({ min, max, nonFiniteCount }) => min === 0 && max === 0 && nonFiniteCount === 0).length,
    nonFiniteCount: channels.filter(({ nonFiniteCount }) => nonFiniteCount > 0).length,
  };
}
