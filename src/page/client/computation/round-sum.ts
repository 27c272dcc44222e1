// The terms of a sum as they are printed.

import { placesFor, type RoundedTerms, roundTerms } from '../../../base/round-terms.js';
import type { Computed } from './cell.js';

export type Sum = Extract<Computed, { type: 'windows' | 'units' }>;

/** The terms of a sum, the rest of them, and the bias: as printed they add up to the sum as printed. */
export function roundSum({ terms, rest, bias, sum }: Sum): RoundedTerms {
  const values = [...terms.map((term) => term.sum), ...(rest ? [rest.sum] : []), ...(bias === undefined ? [] : [bias])];
  return roundTerms(values, placesFor([...values, sum]));
}
