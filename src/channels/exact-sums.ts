/**
 * Sums of many numbers in about twice double precision, each kept as a rounded sum and what the rounding lost.
 * The order of the additions then does not matter: shards add up to the result of one pass.
 */
export interface ExactSums {
  high: Float64Array;
  low: Float64Array;
}

export function createSums(count: number): ExactSums {
  return { high: new Float64Array(count), low: new Float64Array(count) };
}

/** Adds one number to one sum: Knuth's two-sum, The Art of Computer Programming, volume 2, 4.2.2. */
export function addToSum({ high, low }: ExactSums, index: number, value: number): void {
  const before = high[index] as number;
  const after = before + value;
  const added = after - before;
  high[index] = after;
  low[index] = (low[index] as number) + (before - (after - added)) + (value - added);
}

export function mergeSums(into: ExactSums, from: ExactSums): void {
  for (let index = 0; index < into.high.length; index++) {
    addToSum(into, index, from.high[index] as number);
    addToSum(into, index, from.low[index] as number);
  }
}

export function readSum({ high, low }: ExactSums, index: number): number {
  return (high[index] as number) + (low[index] as number);
}
