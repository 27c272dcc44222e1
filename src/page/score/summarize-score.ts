// Finds the largest products that a score is the sum of.

import type { ClassScore, ScoreSummary, ScoreTerm, Share } from './summary.js';

/** The layer whose outputs are the scores. */
export interface ScoringLayer {
  layer: string;
  before: string;
  link: ScoreSummary['link'];
  /** [inputs, units] */
  kernel: { shape: readonly number[]; values: Float32Array };
  bias?: Float32Array;
}

/** Products above 0 and below 0 that are named. */
const NAMED = 8;
/** Classes whose scores are taken apart, and those whose shares are named. */
const EXPLAINED = 3;
const SHARED = 6;

/**
 * @param values of the layer before, in the order of the kernel's first axis
 * @param classNames one a class: for a single sigmoid unit that of a low and of a high score
 */
export function summarizeScore(
  values: Float32Array,
  { kernel, bias, ...about }: ScoringLayer,
  classNames: readonly string[],
): ScoreSummary {
  const units = kernel.shape[1] as number;
  const weigh = (unit: number, sign = 1) => {
    const signed = bias && sign * (bias[unit] as number);
    return takeApart(values, (index) => sign * (kernel.values[index * units + unit] as number), signed);
  };
  if (units === 1 && about.link === 'sigmoid') {
    const [low = '', high = ''] = classNames;
    const score = weigh(0);
    if (score.score >= 0) return { ...about, otherClass: low, scores: [{ className: high, ...score }] };
    return { ...about, otherClass: high, isTurned: true, scores: [{ className: low, ...weigh(0, -1) }] };
  }
  const all = Array.from({ length: units }, (_, unit) => ({
    unit,
    score: scoreOf(values, kernel, unit, bias?.[unit] ?? 0),
  }));
  const likeliest = all.toSorted((a, b) => b.score - a.score || a.unit - b.unit);
  const nameOf = (unit: number) => classNames[unit] ?? String(unit);
  const scores = likeliest.slice(0, EXPLAINED).map(({ unit }) => ({ className: nameOf(unit), ...weigh(unit) }));
  if (about.link !== 'softmax') return { ...about, scores };
  const largest = (likeliest[0] as (typeof all)[number]).score;
  const powers = likeliest.map(({ score }) => Math.exp(score - largest));
  const total = add(powers);
  const shares = likeliest.slice(0, SHARED).map(({ unit, score }, index): Share => {
    const power = powers[index] as number;
    return { className: nameOf(unit), score, power, share: power / total };
  });
  const power = add(powers.slice(SHARED));
  const others = { count: units - shares.length, power, share: power / total };
  return { ...about, scores, shares, ...(others.count > 0 && { others }) };
}

function takeApart(
  values: Float32Array,
  weightOf: (index: number) => number,
  bias: number | undefined,
): Omit<ClassScore, 'className'> {
  const terms = Array.from(values, (value, unit): ScoreTerm => ({ unit, value, weight: weightOf(unit) }));
  const productOf = ({ value, weight }: ScoreTerm) => value * weight;
  const sorted = terms.toSorted((a, b) => productOf(b) - productOf(a) || a.unit - b.unit);
  const named = sorted.filter((term) => productOf(term) > 0).slice(0, NAMED);
  const against = sorted
    .filter((term) => productOf(term) < 0)
    .slice(-NAMED)
    .reverse();
  const shown = new Set([...named, ...against]);
  const others = terms.filter((term) => !shown.has(term));
  return {
    terms: named,
    against,
    rest: { count: others.length, sum: add(others.map(productOf)) },
    bias: bias ?? null,
    score: add(terms.map(productOf)) + (bias ?? 0),
  };
}

function scoreOf(
  values: Float32Array,
  { shape, values: weights }: ScoringLayer['kernel'],
  unit: number,
  bias: number,
): number {
  const units = shape[1] as number;
  return values.reduce((sum, value, index) => sum + value * (weights[index * units + unit] as number), bias);
}

function add(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
