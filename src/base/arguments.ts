// Checks of options, which throw the error for a bad argument.

import { badArgument } from './errors.js';
import { findNearName } from './near-name.js';

/** Throws BAD_ARGUMENT unless `value` is a whole number in [min, max]. */
export function requireInteger(name: string, value: number, min: number, max: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  throw badArgument(name, `a whole number ${range}`, value);
}

/** Throws BAD_ARGUMENT unless `allows(value)` holds for a finite number; `expected` says what it holds for. */
export function requireNumber(name: string, value: number, expected: string, allows: (value: number) => boolean): void {
  if (!Number.isFinite(value) || !allows(value)) throw badArgument(name, expected, value);
}

/** Throws BAD_ARGUMENT unless `value` is one of `choices`. */
export function requireOneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  const near = typeof value === 'string' ? findNearName(value, choices) : undefined;
  const hint = near === undefined ? undefined : `Did you mean ${near}?`;
  throw badArgument(name, choices.length === 1 ? `"${choices[0]}"` : `one of ${choices.join(', ')}`, value, hint);
}

/** Throws BAD_ARGUMENT for text that is absent or empty, as a path must not be. */
export function requireText(name: string, value: unknown, expected: string): void {
  if (typeof value !== 'string' || value === '') throw badArgument(name, expected, value);
}

/** Throws BAD_ARGUMENT unless `value` is true or false: what a file says can be anything. */
export function requireFlag(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw badArgument(name, 'true or false', value);
}

/** Options with the defaults where they have nothing; an option that is `undefined` counts as not given. */
export function fillDefaults<Defaults extends object, Options extends object>(
  defaults: Defaults,
  options: Options,
): Defaults & Options {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) } as Defaults & Options;
}
