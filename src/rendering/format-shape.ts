/** A shape as Keras prints it: (1, 148, 148, 32). */
export function formatShape(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
