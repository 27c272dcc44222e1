import { basename } from 'node:path';
import type { CellPlaces } from '../../base/cell-places.js';
import { CnnvizError } from '../../base/errors.js';
import type { Plane, PlaneStatistics } from '../../base/plane.js';
import { rasterFromPixels } from '../../base/raster.js';
import { decodePhotograph } from '../../dataset/decode/decode.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { assessAgreement } from '../../explain/agreement.js';
import { assessEvidence, type Evidence, type EvidenceKind } from '../../explain/evidence.js';
import { explainInput } from '../../explain/explain-input.js';
import { describeCells, locateCells } from '../../explain/locate-cells.js';
import { getMethod, type MethodName } from '../../explain/methods.js';
import type { SpatialLayer } from '../../explain/select-layer.js';
import { chooseClasses, classTarget } from '../../explain/targets.js';
import { drawExplanation } from '../../output/explanation-files.js';
import type { PictureSource } from '../../output/picture-source.js';
import { classify, classProbabilities, listClasses, nameClass, type Prediction } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { type Target, writeResults } from '../shared/image-results.js';
import {
  type CheckedPrediction,
  checkPrediction,
  describeChecked,
  describePrediction,
  type TrueClassOf,
} from '../shared/true-class.js';

/** What is the same for every image of a call. */
export interface ExplainingJob {
  scores: ScoreNetwork;
  classNames: readonly string[];
  trueClassOf: TrueClassOf;
  preprocessing: Preprocessing;
  layer: SpatialLayer;
  /** those asked for, by number; none: chosen image by image */
  classes: readonly number[];
  method: MethodName;
  /** interpolate between the middles of the cells */
  smooth: boolean;
  npy: boolean;
  source: PictureSource;
  /** what else the manifest says: model, options, versions */
  provenance: object;
  onEvent: EventListener;
}

export interface ExplainedImage extends Target {
  /** of the image, pixels */
  width: number;
  height: number;
  prediction: CheckedPrediction;
  layer: Pick<SpatialLayer, 'name' | 'shape'>;
  /** where the cells of the maps lie on the image */
  cells: CellPlaces;
  classes: ExplainedClass[];
  /** what is to be said of the method on this image */
  caution?: string;
  /** every file in the folder */
  files: string[];
}

export interface ExplainedClass extends Prediction {
  classIndex: number;
  /** before sigmoid or softmax; for class 0 of a single sigmoid unit with its sign turned */
  score: number;
  evidence: EvidenceKind;
  /** what has to be said besides the picture */
  sentence?: string;
  /** of the whole map, evidence against the class included */
  statistics: PlaneStatistics;
}

/** Explains one image and writes its results folder, whole or not at all. */
export async function explainImage(target: Target, job: ExplainingJob): Promise<ExplainedImage> {
  const { scores, preprocessing, layer, onEvent } = job;
  const { photograph, pixels } = await decodePhotograph(target.image, preprocessing);
  onEvent({ type: 'input', image: target.image, inputShape: [1, ...scores.inputShape] });
  const trueClass = job.trueClassOf(target.image);
  const explanation = await explainPixels(toImageFloats(pixels, preprocessing), job, trueClass);
  const { explained, caution } = explanation;
  const { title, whereEqual } = getMethod(job.method);
  const prediction = checkPrediction(explanation.prediction, trueClass);
  const verdict = describeChecked(prediction);
  const cells = locateCells(layer, scores.inputShape);
  const { width, height, data } = photograph;
  return writeResults(target, job, async (folder) => {
    const files = drawExplanation({
      method: job.method,
      title: explanation.methodsAreEqual ? `${title} (${whereEqual})` : title,
      ...(verdict && { verdict }),
      image: basename(target.image),
      network: job.source.words.join(' - '),
      texts: { ...job.source.texts, Image: basename(target.image), ...(verdict && { Prediction: verdict }) },
      layer,
      photograph: rasterFromPixels(data, width, height, 3),
      classes: explained.map(({ about, ...drawn }) => ({ ...about, ...drawn })),
      cells,
      cellsSentence: describeCells(layer, scores.inputShape),
      ...describeClasses(explanation.probabilities, explained.length, job.classNames),
      smooth: job.smooth,
      npy: job.npy,
      ...(caution !== undefined && { caution }),
    });
    for (const { name, content } of files) void folder.write(name, content);
    onEvent({ type: 'prediction', image: target.image, ...prediction });
    const classes = explained.map(({ about }) => about);
    for (const { classIndex: _, statistics: __, ...about } of classes) {
      onEvent({ type: 'explanation', image: target.image, layer: layer.name, ...about });
    }
    if (caution !== undefined) onEvent({ type: 'caution', image: target.image, sentence: caution });
    const said = caution === undefined ? {} : { caution };
    const { name, shape } = layer;
    const about = { width, height, prediction, layer: { name, shape }, cells, classes };
    return { ...about, ...said, files: files.map(({ name }) => name) };
  });
}

/** Every class with its probability; where both of two classes have maps, these say them. */
function describeClasses(
  probabilities: readonly number[],
  mapCount: number,
  classNames: readonly string[],
): { classesSentence?: string } {
  if (probabilities.length <= Math.min(2, mapCount)) return {};
  const classes = listClasses(probabilities, classNames);
  return classes === undefined ? {} : { classesSentence: `All classes: ${classes.map(describePrediction).join(', ')}` };
}

/** An explained class, and what is drawn of it. */
export interface ClassExplanation {
  about: ExplainedClass;
  map: Plane;
  shown: Plane;
  isPredicted: boolean;
  /** what the class is to the image, in words, if anything */
  role?: string;
}

/**
 * Explains one image, preprocessed.
 *
 * @param trueClass where it is known
 * @throws CnnvizError BAD_MODEL for a network whose scores are NaN or infinite
 */
export async function explainPixels(
  input: Float32Array,
  {
    scores: network,
    classNames,
    classes,
    layer,
    method: methodName,
  }: Pick<ExplainingJob, 'scores' | 'classNames' | 'classes' | 'layer' | 'method'>,
  trueClass?: string,
): Promise<{
  prediction: Prediction;
  /** of every class */
  probabilities: number[];
  explained: ClassExplanation[];
  caution: string | undefined;
  /** whether every method gives the same maps */
  methodsAreEqual: boolean;
}> {
  const image = await network.computeScores(input);
  if (!image.scores.every(Number.isFinite)) {
    throw new CnnvizError('BAD_MODEL', `the network's scores are NaN or infinite: ${image.scores.join(', ')}`, {
      hint: 'Training diverged. Try --weights best, or train again with a lower learning rate.',
    });
  }
  const trueIndex = trueClass === undefined ? undefined : classNames.indexOf(trueClass);
  const chosen = classes.length > 0 ? classes : chooseClasses(image.scores, network.outputKind, trueIndex);
  const targets = chosen.map((classIndex) => classTarget(classIndex, network.scoreCount));
  const { map: method, title: methodTitle } = getMethod(methodName);
  const maps = await explainInput(network, input, image, { layer, targets, method });
  const probabilities = classProbabilities(image.outputs);
  const named = maps.map((classMap) => ({ ...classMap, className: nameClass(classMap.classIndex, classNames) }));
  const assessed = assessEvidence(named, { layerName: layer.name, methodTitle });
  const prediction = classify(image.outputs, classNames, network.outputKind);
  const explained = named.map(({ map, methodsAreEqual: _, ...of }, index): ClassExplanation => {
    const { kind: evidence, shown, ...rest } = assessed[index] as Evidence;
    const about = { ...of, probability: probabilities[of.classIndex] as number, evidence, ...rest };
    const { labels = [prediction] } = prediction;
    const isPredicted = labels.some(({ className }) => className === of.className);
    const role = describeRole(isPredicted, of.classIndex === trueIndex);
    return { about, map, shown, isPredicted, ...(role !== undefined && { role }) };
  });
  const flattens = network.layers.some(({ kind }) => kind === 'Flatten');
  const caution = assessAgreement(
    methodTitle,
    flattens ? 'before Flatten' : `at ${layer.name}`,
    maps.map(({ agreement }) => agreement),
  );
  const methodsAreEqual = maps.every((each) => each.methodsAreEqual);
  return { prediction, probabilities, explained, caution, methodsAreEqual };
}

function describeRole(isPredicted: boolean, isTrue: boolean): string | undefined {
  if (isPredicted) return isTrue ? 'predicted and true' : 'predicted';
  return isTrue ? 'true' : undefined;
}
