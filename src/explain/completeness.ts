// Whether a map adds up to what it explains.

import { formatNumber } from '../base/numbers.js';
import type { ScoreNetwork } from '../engines/contract/scores.js';
import { type ClassTarget, targetScore } from './targets.js';

/** What a map should add up to, and what is missing. */
export interface Completeness {
  /** the class's score of the image less that of an input of 0 */
  expected: number;
  /** that less the sum of the map */
  gap: number;
}

/** @param scores of the image @param maps one for each target, whole: not blurred */
export async function measureCompleteness(
  network: ScoreNetwork,
  scores: Float32Array,
  targets: readonly ClassTarget[],
  maps: readonly Float32Array[],
): Promise<Completeness[]> {
  const size = network.inputShape.reduce((product, length) => product * length, 1);
  const atZero = (await network.computeScores(new Float32Array(size))).scores;
  return targets.map((target, index) => {
    const expected = targetScore(target, scores) - targetScore(target, atZero);
    const sum = Array.from(maps[index] as Float32Array).reduce((total, value) => total + value, 0);
    return { expected, gap: expected - sum };
  });
}

/** `cats 3.21 of 3.25, gap 1.23 %` */
export function describeCompleteness(className: string, { expected, gap }: Completeness): string {
  const share = expected === 0 ? '' : `, gap ${formatNumber((100 * Math.abs(gap)) / Math.abs(expected))} %`;
  return `${className} ${formatNumber(expected - gap)} of ${formatNumber(expected)}${share}`;
}
