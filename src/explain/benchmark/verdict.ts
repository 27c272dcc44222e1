// Which methods to trust on a network, from what was measured of them.

import { type MeanInterval, meanInterval } from '../../evaluation/mean-interval.js';
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
  /** atChance: not above the strongest control; ignoresWeights: above it, and much the same when the last layers are redrawn */
  verdict: 'trusted' | 'atChance' | 'ignoresWeights';
}

/** From here on a map shows the image rather than what the network has learned (Adebayo et al., 2018). */
export const redrawnAtMost = 0.8;

/** Assesses a method: it is trusted where it beats the strongest control and changes when the network's last layers do. */
export function assessMethod({ values, controls, redrawn }: MeasuredMethod): Assessment {
  const means = new Map(CONTROLS.map((name) => [name, meanInterval(controls[name]).mean]));
  const strongest = CONTROLS.reduce((best, name) =>
    (means.get(name) as number) > (means.get(best) as number) ? name : best,
  );
  const difference = pairedDifference(values, controls[strongest]);
  const isAbove = difference.low > 0;
  if (!isAbove) return { strongest, difference, verdict: 'atChance' };
  return { strongest, difference, verdict: redrawn < redrawnAtMost ? 'trusted' : 'ignoresWeights' };
}

/**
 * The best of the trusted methods, and the cheapest of those that cannot be distinguished from it: the interval of the difference,
 * image by image, holds 0. Undefined where none is trusted.
 */
export function chooseMethod(
  methods: readonly (MeasuredMethod & Pick<Assessment, 'verdict'>)[],
): { best: number; cheapest: number } | undefined {
  const trusted = [...methods.keys()].filter((index) => methods[index]?.verdict === 'trusted');
  if (trusted.length === 0) return undefined;
  const at = (index: number) => methods[index] as MeasuredMethod;
  const meanOf = (index: number) => meanInterval(at(index).values).mean;
  const best = trusted.reduce((most, index) => (meanOf(index) > meanOf(most) ? index : most));
  const equal = trusted.filter((index) => pairedDifference(at(best).values, at(index).values).low <= 0);
  const cheapest = equal.reduce((least, index) => (at(index).cpu < at(least).cpu ? index : least), best);
  return { best, cheapest };
}

function pairedDifference(values: readonly number[], others: readonly number[]): MeanInterval {
  return meanInterval(values.map((value, index) => value - (others[index] as number)));
}
