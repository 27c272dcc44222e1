// Which methods to trust on a network, from what was measured of them.

import { type MeanInterval, meanAboveZero, meanInterval } from '../../evaluation/mean-interval.js';
import { CONTROLS, type ControlName } from './controls.js';

/** What was measured of a method at a layer, image by image. */
export interface MeasuredMethod {
  /** the metric that decides */
  values: readonly number[];
  /** the same of the maps that explain nothing */
  controls: Readonly<Record<ControlName, readonly number[]>>;
  /** rank correlation of its map with that of the network with its last layers redrawn, of sizes or signed, whichever is the higher */
  redrawn: number;
  /** of one image, milliseconds */
  cpu: number;
}

/** What follows from that. */
export interface Assessment {
  /** the control with the highest mean */
  strongest: ControlName;
  /** of the method over that control, image by image */
  difference: MeanInterval;
  /**
   * how often so large an advantage over the control that it beats least would come by chance if there were none (Student's t,
   * paired), times the number of methods that are still in question (Holm, 1979), at most 1: of many methods that explain nothing
   * some are above every control by chance
   */
  adjustedP: number;
  /** atChance: not shown to be above every control; ignoresWeights: above it, and much the same when the last layers are redrawn */
  verdict: 'trusted' | 'atChance' | 'ignoresWeights';
}

/** From here on a map shows the image rather than what the network has learned (Adebayo et al., 2018). */
export const redrawnAtMost = 0.8;

/** Of `adjustedP`: how often one of all methods that explain nothing may be taken for one that does. */
const falseAtMost = 0.05;

/** Assesses the methods of a benchmark: one is trusted where it beats every control and changes when the network's last layers do. */
export function assessMethods(methods: readonly MeasuredMethod[]): Assessment[] {
  const adjusted = adjustByHolm(
    methods.map(({ values, controls }) =>
      Math.max(...CONTROLS.map((name) => meanAboveZero(subtract(values, controls[name])))),
    ),
  );
  return methods.map(({ values, controls, redrawn }, index) => {
    const means = new Map(CONTROLS.map((name) => [name, meanInterval(controls[name]).mean]));
    const strongest = CONTROLS.reduce((best, name) =>
      (means.get(name) as number) > (means.get(best) as number) ? name : best,
    );
    const adjustedP = adjusted[index] as number;
    const about = { strongest, difference: meanInterval(subtract(values, controls[strongest])), adjustedP };
    if (!(adjustedP < falseAtMost)) return { ...about, verdict: 'atChance' };
    return { ...about, verdict: redrawn < redrawnAtMost ? 'trusted' : 'ignoresWeights' };
  });
}

/** Holm: "A Simple Sequentially Rejective Multiple Test Procedure", 1979. */
function adjustByHolm(values: readonly number[]): number[] {
  const adjusted = new Array<number>(values.length);
  let highest = 0;
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  for (const [rank, index] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (values.length - rank) * (values[index] as number)));
    adjusted[index] = highest;
  }
  return adjusted;
}

/** Of the best's advantage over its strongest control: what a cheaper method may be worse by, at the end of the interval. */
const lossAtMost = 0.25;

/** Of the cost: what is measured of the same work differs by less from one call to the next. */
const sameCost = 0.7;

/**
 * The best of the trusted methods, and the cheapest of those that are as good: the interval of the difference, image by image, holds 0
 * and ends before a quarter of what the best is above its strongest control. Of methods that cost about the same the best is
 * taken. Undefined where none is trusted.
 */
export function chooseMethod(
  methods: readonly (MeasuredMethod & Pick<Assessment, 'verdict' | 'difference'>)[],
): { best: number; cheapest: number } | undefined {
  const trusted = [...methods.keys()].filter((index) => methods[index]?.verdict === 'trusted');
  if (trusted.length === 0) return undefined;
  const at = (index: number) => methods[index] as MeasuredMethod;
  const meanOf = (index: number) => meanInterval(at(index).values).mean;
  const best = trusted.reduce((most, index) => (meanOf(index) > meanOf(most) ? index : most));
  const limit = lossAtMost * (methods[best]?.difference.mean ?? 0);
  const equal = trusted.filter((index) => {
    const { low, high } = meanInterval(subtract(at(best).values, at(index).values));
    return low <= 0 && high <= limit;
  });
  const least = Math.min(at(best).cpu, ...equal.map((index) => at(index).cpu));
  const cheap = [best, ...equal].filter((index) => at(index).cpu * sameCost <= least);
  return { best, cheapest: cheap.reduce((most, index) => (meanOf(index) > meanOf(most) ? index : most)) };
}

/** Image by image. */
function subtract(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, index) => value - (others[index] as number));
}
