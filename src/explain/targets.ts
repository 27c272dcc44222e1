// Which classes are explained, and by which score.

import { CnnvizError } from '../base/errors.js';
import { suggest } from '../base/near-name.js';
import type { OutputKind } from '../engines/contract/output-kind.js';

/** A class whose score is explained. */
export interface ClassTarget {
  classIndex: number;
  /** the score that is explained: this sum of the network's scores */
  scoreWeights: Float32Array;
}

/** A class by its name, or by its number from 0 where no class is named by a number. */
export type ClassChoice = string | number;

const NUMBER = /^\d+$/;

/** How many classes a network has: one score, of a sigmoid unit, stands for two. */
function countClasses(scoreCount: number): number {
  return scoreCount === 1 ? 2 : scoreCount;
}

/**
 * The score of a class. A single score z speaks for class 1, since its probability is sigmoid(z); then that of class 0
 * is sigmoid(-z), so its score is -z. Of several scores each is its class's own.
 */
export function classTarget(classIndex: number, scoreCount: number): ClassTarget {
  const scoreWeights = new Float32Array(scoreCount);
  if (scoreCount === 1) scoreWeights[0] = classIndex === 0 ? -1 : 1;
  else scoreWeights[classIndex] = 1;
  return { classIndex, scoreWeights };
}

/** The target's score of an image, from the network's scores. */
export function targetScore({ scoreWeights }: ClassTarget, scores: Float32Array): number {
  return scoreWeights.reduce(
    (sum, weight, index) => (weight === 0 ? sum : sum + weight * (scores[index] as number)),
    0,
  );
}

/**
 * Of a network that gives each label by itself those with a probability above 0.5, or the most probable one. Else both classes of a network that knows two, in their order; of one that knows more the two with the highest scores, and the true
 * one, where it is known.
 */
export function chooseClasses(scores: Float32Array, kind: OutputKind, trueClass?: number): number[] {
  if (kind === 'labels') return chooseLabels(scores);
  if (countClasses(scores.length) === 2) return [0, 1];
  const highest = Array.from(scores.keys())
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .slice(0, 2);
  return [...new Set([...highest, ...(trueClass === undefined ? [] : [trueClass])])];
}

/** The probability of a label is the sigmoid of its score: above 0.5 where that is above 0. */
function chooseLabels(scores: Float32Array): number[] {
  const present = Array.from(scores.keys()).filter((index) => (scores[index] as number) > 0);
  return present.length > 0 ? present : [scores.indexOf(Math.max(...scores))];
}

/** The numbers of classes that were asked for, each once. @throws CnnvizError NOT_FOUND for one that is not known */
export function findClasses(
  choices: readonly ClassChoice[],
  classNames: readonly string[],
  scoreCount: number,
): number[] {
  const count = countClasses(scoreCount);
  return [...new Set(choices.map((choice) => findClass(choice, classNames, count)))];
}

/**
 * A class by its name; where there is none of that name, by its number. Where classes are named by numbers, a number is always
 * a name: as an index it would mean another class.
 */
function findClass(choice: ClassChoice, classNames: readonly string[], count: number): number {
  const wanted = String(choice).normalize();
  const named = classNames.findIndex((name) => name.normalize() === wanted);
  const isNamedByNumber = classNames.some((name) => NUMBER.test(name));
  if (named >= 0 && (isNamedByNumber || typeof choice === 'string')) return named;
  const number = typeof choice === 'string' && !NUMBER.test(choice) ? Number.NaN : Number(choice);
  if (!isNamedByNumber && Number.isInteger(number) && number >= 0 && number < count) return number;
  const names = classNames.join(', ');
  const numbers = isNamedByNumber ? '' : `${names === '' ? '' : '; or '}0 to ${count - 1}`;
  throw new CnnvizError('NOT_FOUND', `class: the network has no class "${choice}"`, {
    options: ['class'],
    hint: `${isNamedByNumber ? '' : suggest(wanted, classNames)}Its classes are: ${names}${numbers}.${isNamedByNumber ? ' A number here is the name of a class.' : ''}`,
  });
}
