import { basename } from 'node:path';
import type { CellPlaces } from '../../base/cell-places.js';
import { rasterFromPixels } from '../../base/raster.js';
import { decodePhotograph } from '../../dataset/decode/decode.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import { FILL_WORDS, type FillName } from '../../explain/fill.js';
import { describeCells, describePixels, describeWindows, locateCells } from '../../explain/locate-cells.js';
import { getMethod, hidesPixels, type Method, type MethodName } from '../../explain/methods.js';
import type { SpatialLayer } from '../../explain/select-layer.js';
import { type DrawableExplanation, drawExplanations } from '../../output/explanation-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { describeUnlikeness, type Unlikeness } from '../../resemblance/training-profile.js';
import { listClasses } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { type Target, writeResults } from '../shared/image-results.js';
import {
  type CheckedPrediction,
  checkPrediction,
  describeChecked,
  describePrediction,
  type TrueClassOf,
} from '../shared/true-class.js';
import { type ExplainedClass, explainPixels, type MethodExplanation, type PixelsJob } from './explain-pixels.js';
import { followRuns } from './follow-runs.js';

/** What is the same for every image of a call. */
export interface ExplainingJob extends PixelsJob {
  trueClassOf: TrueClassOf;
  preprocessing: Preprocessing;
  /** interpolate between the middles of the cells */
  smooth: boolean;
  npy: boolean;
  /** what takes the place of hidden pixels */
  fill: FillName;
  /** why these methods, where that is not the caller's choice */
  remark?: string;
  signal?: AbortSignal;
  source: PictureSource;
  /** how unlike the training images an input is, where that can be measured */
  assessInput?: ((input: Float32Array) => Promise<Unlikeness>) | undefined;
  /** what else the manifest says: model, options, versions */
  provenance: object;
  onEvent: EventListener;
}

/** What a method says of an image at a layer. */
export interface Explanation {
  method: MethodName;
  /** the input itself for a method that maps pixels */
  layer: Pick<SpatialLayer, 'name' | 'shape'>;
  /** where the cells of the maps lie on the image */
  cells: CellPlaces;
  classes: ExplainedClass[];
  /** what is to be said of the method on this image */
  caution?: string;
}

/** With what the first method says. */
export interface ExplainedImage extends Target, Explanation {
  /** of the image, pixels */
  width: number;
  height: number;
  prediction: CheckedPrediction;
  /** how unlike the training images it is; absent where that was not measured */
  unlike?: Unlikeness;
  /** what every method says at every layer, where there are several */
  explanations?: Explanation[];
  /** every file in the folder */
  files: string[];
}

/** Explains one image and writes its results folder, whole or not at all. */
export async function explainImage(target: Target, job: ExplainingJob): Promise<ExplainedImage> {
  const { scores, preprocessing, onEvent } = job;
  const { photograph, pixels } = await decodePhotograph(target.image, preprocessing);
  onEvent({ type: 'input', image: target.image, inputShape: [1, ...scores.inputShape] });
  const trueClass = job.trueClassOf(target.image);
  const advance = followRuns(target.image, job);
  const input = toImageFloats(pixels, preprocessing);
  const { explanations, ...found } = await explainPixels(input, { ...job, advance }, trueClass);
  const unlike = await job.assessInput?.(input);
  const warning = unlike && describeUnlikeness(unlike);
  const prediction = checkPrediction(found.prediction, trueClass);
  const { width, height, data } = photograph;
  return writeResults(target, job, async (folder) => {
    const verdict = describeChecked(prediction);
    const classes = describeClasses(found.probabilities, explanations[0].explained.length, job.classNames);
    const classesSentence = [classes, warning].filter(Boolean).join(' - ');
    const image = {
      image: basename(target.image),
      network: job.source.words.join(' - '),
      texts: { ...job.source.texts, Image: basename(target.image), ...(verdict && { Prediction: verdict }) },
      ...(verdict && { verdict }),
      photograph: rasterFromPixels(data, width, height, 3),
      ...(classesSentence && { classesSentence }),
      npy: job.npy,
    };
    const files = drawExplanations(
      explanations.map((each) => toDrawable(each, job)),
      image,
    );
    for (const { name, content } of files) void folder.write(name, content);
    onEvent({ type: 'prediction', image: target.image, ...prediction, ...(unlike && { unlike }) });
    if (warning !== undefined) onEvent({ type: 'caution', image: target.image, sentence: warning });
    reportExplanations(explanations, target.image, onEvent);
    const [first, ...others] = explanations.map((each) => describeExplanation(each, scores.inputShape));
    const about = { width, height, prediction, ...(unlike && { unlike }), ...(first as Explanation) };
    const all = others.length === 0 ? {} : { explanations: [first as Explanation, ...others] };
    return { ...about, ...all, files: files.map(({ name }) => name) };
  });
}

function toDrawable(
  { method, layer, title, explained, caution, remarks }: MethodExplanation,
  { scores: { inputShape }, layers, smooth, fill, remark }: ExplainingJob,
): DrawableExplanation {
  const { of } = getMethod(method);
  const isOfPixels = of === 'input';
  const hiding = hidesPixels(method) ? [`Hidden pixels get ${FILL_WORDS[fill]}`] : [];
  return {
    method,
    title,
    layer,
    isAmongLayers: layers.length > 1 && of === 'layer',
    classes: explained.map(({ about, ...drawn }) => ({ ...about, ...drawn })),
    cells: locateCells(layer, inputShape),
    cellsSentence: describePlaces(of, layer, inputShape),
    remarks: [...remarks, ...hiding, ...(remark === undefined ? [] : [remark])],
    smooth: smooth || isOfPixels,
    ...(caution !== undefined && { caution }),
  };
}

function describePlaces(of: Method['of'], layer: SpatialLayer, inputShape: readonly number[]): string {
  if (of === 'input') return describePixels(layer);
  return of === 'windows' ? describeWindows(layer, inputShape) : describeCells(layer, inputShape);
}

function describeExplanation(
  { method, layer: { name, shape, ...layer }, explained, caution }: MethodExplanation,
  inputShape: readonly number[],
): Explanation {
  const cells = locateCells({ name, shape, ...layer }, inputShape);
  const classes = explained.map(({ about }) => about);
  return { method, layer: { name, shape }, cells, classes, ...(caution !== undefined && { caution }) };
}

/** The maps of each class, and what is to be said of a method once. */
function reportExplanations(explanations: readonly MethodExplanation[], image: string, onEvent: EventListener): void {
  const said = new Set<string>();
  for (const [index, { method, layer, explained, caution, remarks }] of explanations.entries()) {
    for (const { about } of explained) {
      const { classIndex: _, statistics: __, ...described } = about;
      onEvent({
        type: 'explanation',
        image,
        method,
        layer: layer.name,
        ...described,
        ...(index > 0 && { again: true }),
      });
    }
    for (const sentence of [...(caution === undefined ? [] : [caution]), ...remarks]) {
      if (said.has(sentence)) continue;
      said.add(sentence);
      onEvent({ type: 'caution', image, sentence });
    }
  }
}

/** Every class with its probability; where both of two classes have maps, these say them. */
function describeClasses(
  probabilities: readonly number[],
  mapCount: number,
  classNames: readonly string[],
): string | undefined {
  if (probabilities.length <= Math.min(2, mapCount)) return undefined;
  const classes = listClasses(probabilities, classNames);
  return classes && `All classes: ${classes.map(describePrediction).join(', ')}`;
}
