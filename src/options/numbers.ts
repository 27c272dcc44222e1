// Numbers as options: their text, their ranges.

import { requireNumber } from '../base/arguments.js';
import { type JsonSchema, UnreadableText } from './option.js';

/** Where numbers may lie; `min` and `max` are in it, `above` and `below` are not. */
export interface NumberRange {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
  /** the range in words, where those made of the limits do not do */
  readonly expected?: string;
}

/** @throws CnnvizError BAD_ARGUMENT */
export function requireInRange(name: string, value: unknown, range: NumberRange): void {
  const { min = Number.NEGATIVE_INFINITY, above = min, max = Number.POSITIVE_INFINITY, below = max } = range;
  const isAbove = (number: number) => (range.above === undefined ? number >= min : number > above);
  const isBelow = (number: number) => (range.below === undefined ? number <= max : number < below);
  const expected = range.expected ?? `a number ${describeRange(range)}`;
  requireNumber(name, value as number, expected, (number) => isAbove(number) && isBelow(number));
}

/** `of at least 0 and below 1` */
function describeRange({ min, above, max, below }: NumberRange): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  const low = min !== undefined ? [`of at least ${min}`] : above !== undefined ? [`above ${above}`] : [];
  const high = max !== undefined ? [`of at most ${max}`] : below !== undefined ? [`below ${below}`] : [];
  return [...low, ...high].join(' and ');
}

export function rangeSchema({ min, above, max, below }: NumberRange): JsonSchema {
  const limits = { minimum: min, exclusiveMinimum: above, maximum: max, exclusiveMaximum: below };
  return { type: 'number', ...Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)) };
}

/** `0.85`, `1e-4`; which numbers make sense is for the option's check to say. @throws UnreadableText */
export function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UnreadableText('a number');
  return value;
}

/** A whole number, at least 0. @throws UnreadableText */
export function parseWhole(text: string): number {
  if (!/^\d+$/.test(text)) throw new UnreadableText('a whole number');
  return Number(text);
}

/** `32,64`. @throws UnreadableText */
export function parseWholes(text: string): number[] {
  return text.split(',').map((part) => parseWhole(part.trim()));
}

/** Numbers of one range: a longer one is a mistake. */
const RANGE_AT_MOST = 10_000;

/** `6,15`, or `6-9` for 6,7,8,9. @throws UnreadableText */
export function parseRanges(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last] = /^(\d+)-(\d+)$/.exec(part.trim()) ?? [];
    if (first === undefined || last === undefined) return parseWhole(part.trim());
    const count = Number(last) - Number(first) + 1;
    if (count < 1 || count > RANGE_AT_MOST) throw new UnreadableText('ranges from a smaller number to a larger one');
    return Array.from({ length: count }, (_, index) => Number(first) + index);
  });
}
