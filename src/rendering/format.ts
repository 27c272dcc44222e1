// Formats numbers in pictures.

/** A number as a picture shows it: three significant digits, more for large whole parts, with a real minus sign. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-3 && size < 1e5);
  const text = plain ? String(Number(value.toPrecision(size >= 1000 ? 5 : 3))) : shortenExponent(value);
  return text.replaceAll('-', '\u2212');
}

/** A number with its sign, where it is above 0 too. */
export function formatSigned(value: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value)}`;
}

function shortenExponent(value: number): string {
  const [digits, exponent] = value.toExponential(2).split('e') as [string, string];
  return `${Number(digits)}e${Number(exponent)}`;
}

/** A shape as Keras prints it: (1, 148, 148, 32). */
export function formatShape(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
