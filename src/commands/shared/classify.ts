// What a network's output says of an image.

import { CnnvizError } from '../../base/errors.js';
import type { OutputKind } from '../../engines/contract/output-kind.js';

/** What a network takes an image for. */
export interface Prediction {
  /** where an image may have several labels those above 0.5, with commas between; `no label` where there is none */
  className: string;
  /** 0..1; of labels the highest */
  probability: number;
  /** those above 0.5, the most probable first; only of a network that gives each label by itself */
  labels?: ClassProbability[];
  /** every class, the most probable first, of a network of three to ten classes */
  classes?: ClassProbability[];
}

/** From here on a label is said to be there, as Keras's binary accuracy has it. */
const LABEL_THRESHOLD = 0.5;

export interface ClassProbability {
  className: string;
  /** 0..1 */
  probability: number;
}

/** Of more classes than these a list says less than the first ones. */
const LISTED_CLASSES = 10;

/**
 * The most probable class. One sigmoid unit is the probability of the second class, as Keras's `class_mode='binary'`
 * has it; several units are the probabilities of as many classes.
 *
 * @param outputs of the network's last layer for one image
 * @throws CnnvizError BAD_MODEL where some are NaN or infinite: nothing can be said of the image then
 */
export function classify(
  outputs: Float32Array,
  classNames: readonly string[],
  kind: OutputKind = 'probabilities',
): Prediction {
  requireFinite(outputs, 'the network');
  const probabilities = classProbabilities(outputs);
  const probability = Math.max(...probabilities);
  if (kind === 'labels') {
    const labels = probabilities
      .map((each, index) => ({ className: nameClass(index, classNames), probability: each }))
      .filter((label) => label.probability > LABEL_THRESHOLD)
      .sort((a, b) => b.probability - a.probability);
    return { className: labels.map(({ className }) => className).join(', ') || 'no label', probability, labels };
  }
  const index = probabilities.indexOf(probability);
  const classes = probabilities.length > 2 ? listClasses(probabilities, classNames) : undefined;
  return { className: nameClass(index, classNames), probability, ...(classes && { classes }) };
}

/** The probabilities of all classes, the highest first; undefined of too many. */
export function listClasses(
  probabilities: readonly number[],
  classNames: readonly string[],
): ClassProbability[] | undefined {
  if (probabilities.length > LISTED_CLASSES) return undefined;
  const classes = probabilities.map((probability, index) => ({ className: nameClass(index, classNames), probability }));
  return classes.sort((a, b) => b.probability - a.probability);
}

/** Whether a network's output is the probability of classes, one of them or several. */
export function givesProbabilities({ outputKind }: { outputKind: OutputKind }): boolean {
  return outputKind === 'probabilities' || outputKind === 'labels';
}

/**
 * Refuses a network whose output is not the probability of classes: a score is never printed as one.
 *
 * @param network what is named in the error
 * @param needs what the command would need, such as `predict needs`
 * @throws CnnvizError BAD_MODEL
 */
export function requireProbabilities(
  { outputKind, outputNames }: { outputKind: OutputKind; outputNames: readonly string[] },
  network: string,
  needs: string,
): void {
  if (givesProbabilities({ outputKind })) return;
  const output = outputNames.join(', ');
  if (outputKind === 'scores') {
    throw new CnnvizError(
      'BAD_MODEL',
      `${network}: its output ${output} gives scores, not probabilities: ${needs} those`,
      {
        hint: 'If it was trained with a loss of logits (from_logits=True), use --logits: a sigmoid (one unit) or a softmax follows then.',
      },
    );
  }
  const found = outputNames.length > 1 ? `has several outputs (${output})` : `ends in maps (${output})`;
  throw new CnnvizError('BAD_MODEL', `${network}: it ${found}: ${needs} one output of (batch, classes)`, {
    hint:
      outputNames.length > 1
        ? 'Name one with --output; activations, channels and kernels work without.'
        : 'activations, channels, kernels and summary work with it.',
  });
}

/** The probability of each class. */
export function classProbabilities(outputs: Float32Array): number[] {
  const [single = 0] = outputs;
  return outputs.length === 1 ? [1 - single, single] : Array.from(outputs);
}

/** What a class is called; by its number where there are no names. */
export function nameClass(index: number, classNames: readonly string[]): string {
  return classNames[index] ?? `class ${index}`;
}

/** @param network what is named in the error @throws CnnvizError BAD_MODEL for a network that gives NaN or infinity */
export function requireFinite(outputs: Float32Array, network: string): void {
  if (outputs.every(Number.isFinite)) return;
  const given = outputs.some(Number.isNaN) ? 'NaN' : 'infinity';
  throw new CnnvizError('BAD_MODEL', `${network} outputs ${given}: training diverged, or the weights are damaged`, {
    hint: 'Try other weights of the run (--weights last or --weights best), or train again with a lower learning rate.',
  });
}
