// Measures how far two methods agree, and describes where they do not.

import { formatFixed } from '../base/numbers.js';

/**
 * How far two maps show the same: Pearson's correlation of their values, -1..1. 0 where one of them is the same
 * everywhere and the other is not; undefined where both are, or where a value is NaN or infinite.
 */
export function measureAgreement(one: Float32Array, other: Float32Array): number | undefined {
  const [a, b] = [center(one), center(other)];
  const product = (left: Float64Array, right: Float64Array) =>
    left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
  const [own, others] = [product(a, a), product(b, b)];
  if (!Number.isFinite(own + others) || (own === 0 && others === 0)) return undefined;
  return own === 0 || others === 0 ? 0 : product(a, b) / Math.sqrt(own * others);
}

function center(values: Float32Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Float64Array.from(values, (value) => value - mean);
}

/** Of the largest value: what rounding alone does to it. */
const rounding = 1e-4;

/** Whether two maps are the same but for rounding. */
export function areSame(one: Float32Array, other: Float32Array): boolean {
  const largest = one.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return one.every((value, index) => Math.abs(value - (other[index] as number)) <= rounding * largest);
}

/** Below it two maps say something else of where the evidence lies. */
const agreeing = 0.5;

/**
 * What is to be said of Grad-CAM where what comes after the layer depends on the place, as Flatten does: it averages gradients
 * over the map, which loses that. Undefined where the maps agree.
 *
 * @param place such as "before Flatten"
 * @param agreements with HiResCAM's map, which loses nothing, of each class
 */
export function assessAgreement(
  methodTitle: string,
  place: string,
  agreements: readonly (number | undefined)[],
): string | undefined {
  const lowest = Math.min(...agreements.flatMap((agreement) => agreement ?? []));
  if (!(lowest < agreeing)) return undefined;
  return (
    `Do not trust where this map points: ${place}, ${methodTitle} cannot distinguish places. ` +
    `HiResCAM can, and it disagrees here (correlation ${formatFixed(lowest, 2)}).`
  );
}
