import { basename } from 'node:path';
import { captureActivations, type LayerActivation } from '../activations/capture.js';
import { type DescribedChannel, describeLayer } from '../activations/describe-layer.js';
import type { ChannelReport } from '../channels/report.js';
import { decodePhotograph } from '../dataset/decode.js';
import { toFloats } from '../dataset/floats.js';
import type { Preprocessing } from '../dataset/preprocessing.js';
import { CnnvizError } from '../errors.js';
import { getMethod } from '../explain/methods.js';
import type { SpatialLayer } from '../explain/select-layer.js';
import type { LayerDescription } from '../model/describe.js';
import type { Network } from '../model/network.js';
import type { ScoreNetwork } from '../model/scores.js';
import { measurePlanes } from '../plane.js';
import { rasterFromPixels } from '../raster.js';
import { encodeJpeg } from '../rendering/jpeg.js';
import { renderImagePart } from '../report/html/image-part.js';
import type { PagePart } from '../report/html/page.js';
import type { ImageSummary, LayerSummary } from '../report/summary.js';
import { classify, classProbabilities, nameClass, type Prediction } from './classify.js';
import type { EventListener } from './events.js';
import { explainPixels } from './explain-image.js';
import { reportedFiring } from './reported-firing.js';

/** What is the same for every image of a report. */
export interface ReportingJob {
  network: Network;
  /** or why the network cannot be explained */
  evidence: { scores: ScoreNetwork; layer: SpatialLayer } | { problem: string };
  classNames: readonly string[];
  preprocessing: Preprocessing;
  /** to show, in the network's order */
  layers: readonly LayerDescription[];
  /** what the channels did on a folder of images, where that is known */
  report?: ChannelReport;
  onEvent: EventListener;
}

const method = 'gradcam';
/** Longest side of the photograph on the page, pixels. */
const photographSize = 1024;

/** Shows one image to the network and renders its part of the page. */
export async function reportImage(
  image: string,
  number: number,
  job: ReportingJob,
): Promise<{ part: PagePart; prediction: Prediction | null }> {
  const { network, preprocessing, onEvent } = job;
  const { photograph, pixels } = await decodePhotograph(image, preprocessing);
  onEvent({ type: 'input', image, inputShape: [1, ...network.inputShape] });
  const input = toFloats(pixels, preprocessing.rescale);
  const { layers, outputs } = await runNetwork(input, job);
  const prediction = outputs === undefined ? null : classify(outputs, job.classNames);
  const { width, height, data } = photograph;
  const jpeg = await encodeJpeg(rasterFromPixels(data, width, height, 3), photographSize);
  if (prediction !== null) onEvent({ type: 'prediction', image, ...prediction });
  const summary: ImageSummary = {
    name: basename(image),
    width,
    height,
    photograph: jpeg.bytes,
    classes: outputs === undefined ? [] : nameProbabilities(outputs, job.classNames),
    evidence: await findEvidence(image, input, job),
    layers,
  };
  return { part: renderImagePart(summary, number), prediction };
}

/** One run for the layers to show and for the prediction, where the last layer is one of classes. */
async function runNetwork(
  input: Float32Array,
  { network, layers, report }: ReportingJob,
): Promise<{ layers: LayerSummary[]; outputs?: Float32Array }> {
  const lastName = network.layerNames.at(-1) as string;
  const captured = await captureActivations(network, input, [
    ...new Set([...layers.map(({ name }) => name), lastName]),
  ]);
  const last = captured.find(({ name }) => name === lastName);
  return {
    layers: layers.map((layer) =>
      summarizeLayer(layer, captured.find(({ name }) => name === layer.name) as LayerActivation, report),
    ),
    ...(last?.shape.length === 2 && { outputs: last.values }),
  };
}

function summarizeLayer(
  { name, kind, parameterCount }: LayerDescription,
  activation: LayerActivation,
  report: ChannelReport | undefined,
): LayerSummary {
  const { shape, values, planes } = activation;
  const overImages = reportedFiring(report, name);
  const { caption, channels: described } = describeLayer(activation, overImages && { overImages });
  const overall = measurePlanes(planes);
  const channels = planes.map((plane, number) => {
    const { caption, firingFraction: _, ...statistics } = described[number] as DescribedChannel;
    return { plane, statistics, caption };
  });
  // The units of a layer without height and width are no pictures: together they are one row.
  const units = { plane: { width: values.length, height: 1, values }, statistics: overall, caption };
  return { name, kind, shape, parameterCount, caption, channels: shape.length === 4 ? channels : [units], overall };
}

function nameProbabilities(outputs: Float32Array, classNames: readonly string[]): ImageSummary['classes'] {
  return classProbabilities(outputs).map((probability, index) => ({
    className: nameClass(index, classNames),
    probability,
  }));
}

async function findEvidence(
  image: string,
  input: Float32Array,
  { evidence, classNames, onEvent }: ReportingJob,
): Promise<ImageSummary['evidence']> {
  if ('problem' in evidence) return evidence;
  const { scores, layer } = evidence;
  try {
    const { explained, caution } = await explainPixels(input, { scores, classNames, classes: [], layer, method });
    for (const { about } of explained) {
      const { classIndex: _, statistics: __, ...told } = about;
      onEvent({ type: 'explanation', image, layer: layer.name, ...told });
    }
    if (caution !== undefined) onEvent({ type: 'caution', image, sentence: caution });
    return {
      title: getMethod(method).title,
      layerName: layer.name,
      shape: layer.shape,
      ...(caution !== undefined && { caution }),
      maps: explained.map(({ about, shown }) => ({ ...about, shown })),
    };
  } catch (error) {
    if (error instanceof CnnvizError && error.code === 'BAD_MODEL') return { problem: error.message };
    throw error;
  }
}
