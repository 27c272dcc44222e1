// Along which axis of each of its two inputs a Dot layer multiplies.

/** Counted from the batch. @param axes as Keras has them: one for both inputs, or one for each; negative ones from the end */
export function axesOfDot(axes: number | readonly number[], ...ranks: readonly [number, number]): [number, number] {
  const [first, second = first] = [axes].flat() as [number, number?];
  const fromStart = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);
  return [fromStart(first, ranks[0]), fromStart(second, ranks[1])];
}

/** What belongs to all axes but the batch and one. */
export function othersThan<T>(axis: number, ofAxes: readonly T[]): T[] {
  return ofAxes.filter((_, index) => index !== 0 && index !== axis);
}
