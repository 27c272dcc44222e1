import { CnnvizError } from '../../base/errors.js';
import type { Plane, PlaneStatistics } from '../../base/plane.js';
import { rasterFromPixels } from '../../base/raster.js';
import { decodePhotograph } from '../../dataset/decode/decode.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toFloats } from '../../dataset/stream/floats.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { judgeAgreement } from '../../explain/agreement.js';
import { type Evidence, type EvidenceKind, judgeEvidence } from '../../explain/evidence.js';
import { explainInput } from '../../explain/explain-input.js';
import { getMethod, type MethodName } from '../../explain/methods.js';
import type { SpatialLayer } from '../../explain/select-layer.js';
import { chooseClasses, classTarget } from '../../explain/targets.js';
import { drawExplanation } from '../../output/explanation-files.js';
import { classify, classProbabilities, nameClass, type Prediction } from '../shared/classify.js';
import type { EventListener } from '../shared/events.js';
import { type Target, writeResults } from '../shared/image-results.js';
import { type CheckedPrediction, checkPrediction, describeChecked, type TrueClassOf } from '../shared/true-class.js';

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
  npy: boolean;
  /** what else the manifest says: model, options, versions */
  provenance: object;
  onEvent: EventListener;
}

export interface ExplainedImage extends Target {
  /** of the image, pixels */
  width: number;
  height: number;
  prediction: CheckedPrediction;
  layer: SpatialLayer;
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
  const { prediction: predicted, ...rest } = await explainPixels(toFloats(pixels, preprocessing.rescale), job);
  const { explained, caution } = rest;
  const prediction = checkPrediction(predicted, job.trueClassOf(target.image));
  const verdict = describeChecked(prediction);
  const { width, height, data } = photograph;
  return writeResults(target, job, async (folder) => {
    const files = drawExplanation({
      method: job.method,
      title: getMethod(job.method).title,
      ...(verdict && { verdict }),
      layer,
      photograph: rasterFromPixels(data, width, height, 3),
      classes: explained.map(({ about, map, shown }) => ({ ...about, map, shown })),
      npy: job.npy,
      ...(caution !== undefined && { caution }),
    });
    for (const { name, content } of files) await folder.write(name, content);
    onEvent({ type: 'prediction', image: target.image, ...prediction });
    const classes = explained.map(({ about }) => about);
    for (const { classIndex: _, statistics: __, ...about } of classes) {
      onEvent({ type: 'explanation', image: target.image, layer: layer.name, ...about });
    }
    if (caution !== undefined) onEvent({ type: 'caution', image: target.image, sentence: caution });
    const said = caution === undefined ? {} : { caution };
    return { width, height, prediction, layer, classes, ...said, files: files.map(({ name }) => name) };
  });
}

/** Explains one image, preprocessed. @throws CnnvizError BAD_MODEL for a network whose scores are NaN or infinite */
export async function explainPixels(
  input: Float32Array,
  {
    scores: network,
    classNames,
    classes,
    layer,
    method: methodName,
  }: Pick<ExplainingJob, 'scores' | 'classNames' | 'classes' | 'layer' | 'method'>,
): Promise<{
  prediction: Prediction;
  explained: { about: ExplainedClass; map: Plane; shown: Plane }[];
  caution: string | undefined;
}> {
  const image = await network.computeScores(input);
  if (!image.scores.every(Number.isFinite)) {
    throw new CnnvizError('BAD_MODEL', `the network's scores are NaN or infinite: ${image.scores.join(', ')}`, {
      hint: 'Training diverged. Try --weights best, or train again with a lower learning rate.',
    });
  }
  const chosen = classes.length > 0 ? classes : chooseClasses(image.scores);
  const targets = chosen.map((classIndex) => classTarget(classIndex, network.scoreCount));
  const { map: method, title: methodTitle } = getMethod(methodName);
  const maps = await explainInput(network, input, image, { layer, targets, method });
  const probabilities = classProbabilities(image.outputs);
  const named = maps.map((classMap) => ({ ...classMap, className: nameClass(classMap.classIndex, classNames) }));
  const judged = judgeEvidence(named, { layerName: layer.name, methodTitle });
  const explained = named.map(({ map, ...of }, index) => {
    const { kind: evidence, shown, ...rest } = judged[index] as Evidence;
    return { about: { ...of, probability: probabilities[of.classIndex] as number, evidence, ...rest }, map, shown };
  });
  const caution = judgeAgreement(
    methodTitle,
    maps.map(({ agreement }) => agreement),
  );
  return { prediction: classify(image.outputs, classNames), explained, caution };
}
