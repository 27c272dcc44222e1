// Rounds the terms of a sum so that what is printed adds up.

import { formatFixed } from './numbers.js';

/** Terms and their sum in whole units of the last printed digit. */
export interface RoundedTerms {
  readonly terms: readonly number[];
  readonly sum: number;
  /** decimal places */
  readonly places: number;
  /** one of them as it is printed */
  format(units: number): string;
}

/** Decimal places that show the largest of some numbers in four significant digits. */
export function placesFor(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return 3;
  return Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(largest))));
}

/**
 * Rounds the sum to some decimal places and each term up or down so that they add up to it exactly: those are rounded up whose
 * remainders are largest (Hamilton's method). No term is off by a whole unit of its last digit.
 *
 * @param total what the sum is rounded to, where that was decided before: up or down
 */
export function roundTerms(values: readonly number[], places: number, total?: number): RoundedTerms {
  const unit = 10 ** -places;
  const exact = values.map((value) => value / unit);
  const sum = total ?? (Math.round(exact.reduce((so, value) => so + value, 0)) || 0); // never -0
  const terms = exact.map(Math.floor);
  const missing = sum - terms.reduce((so, value) => so + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - (terms[index] as number) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, missing)) terms[index] = (terms[index] as number) + 1;
  return { terms, sum, places, format: (units) => formatFixed(units * unit, places) };
}
