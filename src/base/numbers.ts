// Numbers for people: one minus sign, one grouping of thousands, one way to write a percentage. Files for programs do without.

import { formatCount } from './counts.js';

/** A number to three significant digits, more where its whole part needs them: `0.123`, `−0.5`, `12,346`, `1.23e−4`. */
export function formatNumber(value: number): string {
  return formatSignificant(value, 3);
}

/** The same to another number of significant digits. */
export function formatSignificant(value: number, digits: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return withSign(value, String(size));
  const plain = size === 0 || (size >= 1e-3 && size < 1e5);
  const text = plain ? String(Number(size.toPrecision(size >= 1000 ? 5 : digits))) : shortenExponent(size, digits);
  return withSign(value, groupThousands(text));
}

/** A number with its sign, where it is above 0 too. */
export function formatSigned(value: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value)}`;
}

/** A number to some decimal places: `0.5907`, `−0.15`; what rounds to 0 has no sign. */
export function formatFixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : withSign(value, groupThousands(text));
}

/** A number that is known to some accuracy, with no more digits than that has: `0.685 ± 0.006`. */
export function formatWithin(value: number, accuracy: number): string {
  if (!(Number.isFinite(value) && accuracy > 0)) return formatNumber(value);
  const digits = -Math.floor(Math.log10(accuracy));
  // Beyond that zeros would not be seen as the rounding that they are.
  if (digits < 0 || digits > 6) return `${formatNumber(value)} ± ${formatSignificant(accuracy, 1)}`;
  return `${formatFixed(value, digits)} ± ${formatSignificant(accuracy, 1)}`;
}

/**
 * A fraction as a percentage to one decimal place: `97.3 %`. Never rounded to a certainty that it is not: `over 99.9 %` and
 * `under 0.1 %`.
 */
export function formatPercent(fraction: number): string {
  if (Number.isNaN(fraction)) return 'undefined';
  const percent = 100 * fraction;
  if (percent > 99.9 && percent < 100) return 'over 99.9 %';
  if (percent > 0 && percent < 0.1) return 'under 0.1 %';
  return `${percent.toFixed(1)} %`;
}

function withSign(value: number, text: string): string {
  return `${value < 0 ? '\u2212' : ''}${text}`;
}

function groupThousands(text: string): string {
  return text.replace(/^\d+/, (whole) => formatCount(Number(whole)));
}

function shortenExponent(size: number, digits: number): string {
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e') as [string, string];
  return `${Number(mantissa)}e${String(Number(exponent)).replace('-', '\u2212')}`;
}
