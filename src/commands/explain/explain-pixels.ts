// Explains one image that is in memory.

import { formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import { formatPercent } from '../../base/numbers.js';
import { measurePlanes, type Plane, type PlaneStatistics } from '../../base/plane.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { assessAgreement } from '../../explain/agreement.js';
import { compareWithAverages, type FindAverages } from '../../explain/average-map.js';
import { blurMap } from '../../explain/blur.js';
import { type Completeness, describeCompleteness } from '../../explain/completeness.js';
import { assessEvidence, type Evidence, type EvidenceKind } from '../../explain/evidence.js';
import { type ClassMap, type ExplainChoice, explainInput, type MethodMaps } from '../../explain/explain-input.js';
import { getMethod, type MethodName } from '../../explain/methods.js';
import type { SpatialLayer } from '../../explain/select-layer.js';
import { chooseClasses, classTarget } from '../../explain/targets.js';
import { classify, classProbabilities, nameClass, type Prediction } from '../shared/classify.js';

/** What to explain, and how. */
export interface PixelsJob {
  scores: ScoreNetwork;
  classNames: readonly string[];
  /** those asked for, by number; none: chosen image by image */
  classes: readonly number[];
  /** for the methods that map the cells of a layer */
  layers: readonly SpatialLayer[];
  methods: readonly MethodName[];
  /** for the methods that hide pixels; default: see explainInput */
  fillFor?: (input: Float32Array) => Float32Array;
  /** of other images, to compare with */
  averages?: FindAverages;
  /** whether they are taken off the maps */
  againstAverage?: boolean;
  /** see explainInput */
  advance?: ExplainChoice['advance'];
}

/** What the methods say of an image. */
export interface PixelsExplanation {
  prediction: Prediction;
  /** of every class */
  probabilities: number[];
  /** one for each method and layer, one at least */
  explanations: [MethodExplanation, ...MethodExplanation[]];
}

export interface MethodExplanation {
  method: MethodName;
  /** the input itself for a method that maps pixels */
  layer: SpatialLayer;
  /** what the method is called here */
  title: string;
  explained: ClassExplanation[];
  /** what has to be said of the method on this image */
  caution?: string;
  /** what has to be known to read its maps, besides */
  remarks: string[];
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
  /** of a method whose map should add up to a change of the score */
  completeness?: Completeness;
  /** see ClassMap */
  average?: { share: number; imageCount: number };
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
  { scores: network, classNames, classes, layers, methods, ...job }: PixelsJob,
  trueClass?: string,
): Promise<PixelsExplanation> {
  const image = await network.computeScores(input);
  if (!image.scores.every(Number.isFinite)) {
    throw new CnnvizError('BAD_MODEL', `the network's scores are NaN or infinite: ${image.scores.join(', ')}`, {
      hint: 'Training diverged. Try --weights best, or train again with a lower learning rate.',
    });
  }
  const trueIndex = trueClass === undefined ? undefined : classNames.indexOf(trueClass);
  const chosen = classes.length > 0 ? classes : chooseClasses(image.scores, network.outputKind, trueIndex);
  const targets = chosen.map((classIndex) => classTarget(classIndex, network.scoreCount));
  const prediction = classify(image.outputs, classNames, network.outputKind);
  const probabilities = classProbabilities(image.outputs);
  const { averages, againstAverage = false } = job;
  const flattens = network.layers.some(isFlatten);
  const about = { prediction, probabilities, classNames, trueIndex, flattens, againstAverage };
  const mapped = await explainInput(network, input, image, {
    ...{ layers, targets, methods },
    ...(job.fillFor && { fill: job.fillFor(input) }),
    ...(job.advance && { advance: job.advance }),
  });
  const compared = averages ? await compareWithAverages(mapped, averages, againstAverage) : mapped;
  const explanations = compared.map((maps) => describeMaps(maps, about));
  return { prediction, probabilities, explanations: explanations as PixelsExplanation['explanations'] };
}

const isFlatten = ({ kind }: { kind: string }) => kind === 'Flatten';

/** What is known of the image whatever the method. */
interface ImageContext {
  prediction: Prediction;
  probabilities: readonly number[];
  classNames: readonly string[];
  /** -1 where the network does not know the class */
  trueIndex: number | undefined;
  flattens: boolean;
  /** whether average maps are taken off */
  againstAverage: boolean;
}

function describeMaps({ method, layer, maps }: MethodMaps, image: ImageContext): MethodExplanation {
  const { title, whereEqual, of, isSigned: hasSigns = false } = getMethod(method);
  const isLess = image.againstAverage && maps.some(({ average }) => average !== undefined);
  const isSigned = hasSigns || isLess;
  const drawn = maps.map(({ classIndex, map }) => ({
    map: of === 'input' ? blurMap(map) : map,
    className: nameClass(classIndex, image.classNames),
  }));
  const assessed = assessEvidence(drawn, { layerName: layer.name, methodTitle: title, isSigned });
  const { labels = [image.prediction] } = image.prediction;
  const explained = maps.map(({ map, methodsAreEqual: _, ...of }, index): ClassExplanation => {
    const { kind: evidence, shown, ...rest } = assessed[index] as Evidence;
    const { className } = drawn[index] as (typeof drawn)[number];
    const probability = image.probabilities[of.classIndex] as number;
    const about = { ...of, className, probability, evidence, ...rest, statistics: measurePlanes([map]) };
    const isPredicted = labels.some((label) => label.className === className);
    const role = describeRole(isPredicted, of.classIndex === image.trueIndex);
    return { about, map, shown, isPredicted, ...(role !== undefined && { role }) };
  });
  const areEqual = whereEqual !== undefined && maps.every(({ methodsAreEqual }) => methodsAreEqual);
  const caution = findCaution({ method, layer, maps }, image.flattens);
  return {
    ...{ method, layer, explained },
    title: `${title}${areEqual ? ` (${whereEqual})` : ''}${isLess ? ' less the average map' : ''}`,
    ...(caution !== undefined && { caution }),
    remarks: [...describeSums(title, maps, image), ...describeAverages(`${title} at ${layer.name}`, maps, image)],
  };
}

function describeSums(title: string, maps: readonly ClassMap[], { classNames }: ImageContext): string[] {
  const sums = maps.flatMap(({ classIndex, completeness }) => {
    return completeness ? [describeCompleteness(nameClass(classIndex, classNames), completeness)] : [];
  });
  if (sums.length === 0) return [];
  return [`${title}: adds up to what the score changes by from an input of 0 to this image (${sums.join('; ')})`];
}

/** `HiResCAM at conv2d_4: the average map of 100 other images explains a part of this one (cats 61.0 %; dogs 61.0 %)` */
function describeAverages(origin: string, maps: readonly ClassMap[], { classNames }: ImageContext): string[] {
  const shares = maps.flatMap(({ classIndex, average }) => {
    return average ? [`${nameClass(classIndex, classNames)} ${formatPercent(average.share)}`] : [];
  });
  const count = maps.find(({ average }) => average)?.average?.imageCount;
  if (count === undefined) return [];
  return [`${origin}: the average map of ${formatCount(count)} images explains a part of it (${shares.join('; ')})`];
}

function findCaution({ method, layer, maps }: MethodMaps, flattens: boolean): string | undefined {
  const { title, flaw } = getMethod(method);
  if (method !== 'gradcam') return flaw === undefined ? undefined : `${title}: ${flaw}`;
  const place = flattens ? 'before Flatten' : `at ${layer.name}`;
  return assessAgreement(
    title,
    place,
    maps.map(({ agreement }) => agreement),
  );
}

function describeRole(isPredicted: boolean, isTrue: boolean): string | undefined {
  if (isPredicted) return isTrue ? 'predicted and true' : 'predicted';
  return isTrue ? 'true' : undefined;
}
