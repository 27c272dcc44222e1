// Limits of a random factor.

import { badArgument } from '../../base/errors.js';
import { parseNumber } from '../../options/numbers.js';
import { defineKind, UnreadableText } from '../../options/option.js';

/** A factor's limits, or how far from 1 it may go to either side. */
export type FactorRange = number | readonly [low: number, high: number];

/** The least and the greatest factor. */
export function factorLimits(range: FactorRange): readonly [low: number, high: number] {
  return typeof range === 'number' ? [1 - range, 1 + range] : range;
}

/** Such limits as an option. @param aboveZero whether the factor 0 itself is refused */
export const factorRange = defineKind<FactorRange, { aboveZero?: true }>(({ aboveZero = false }) => ({
  parse: parseFactors,
  check(name, value) {
    const isRange = typeof value === 'number' || (Array.isArray(value) && value.length === 2);
    const [low, high] = isRange ? factorLimits(value as FactorRange) : [Number.NaN, Number.NaN];
    const areFinite = Number.isFinite(low) && Number.isFinite(high);
    if (areFinite && low <= high && (aboveZero ? low > 0 : low >= 0)) return;
    const expected = aboveZero ? 'of at least 0 and below 1, or two factors above 0' : 'from 0 to 1, or two factors';
    throw badArgument(name, `a number ${expected}, the lower first`, String(value));
  },
  schema: {
    anyOf: [{ type: 'number' }, { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 }],
  },
  placeholder: 'range',
}));

/** `.2`, or limits such as `.8,1.1`. @throws UnreadableText */
function parseFactors(text: string): FactorRange {
  const [first, second, ...rest] = text.split(',').map(parseNumber) as [number, ...number[]];
  if (rest.length > 0) throw new UnreadableText('a number, or two with a comma between');
  return second === undefined ? first : [first, second];
}
