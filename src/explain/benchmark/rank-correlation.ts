// Spearman's correlation of two maps.

/**
 * Spearman's rank correlation, -1..1: Pearson's of the ranks, equal values at the mean of theirs. 0 where one of the maps is the
 * same everywhere and the other is not; 1 where both are.
 */
export function rankCorrelation(one: Float32Array, other: Float32Array): number {
  const [a, b] = [centeredRanks(one), centeredRanks(other)];
  const product = (left: Float64Array, right: Float64Array) =>
    left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
  const [own, others] = [product(a, a), product(b, b)];
  if (own === 0 && others === 0) return 1;
  return own === 0 || others === 0 ? 0 : product(a, b) / Math.sqrt(own * others);
}

function centeredRanks(values: Float32Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  const middle = (values.length - 1) / 2;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    const rank = (start + end - 1) / 2 - middle;
    for (const index of order.subarray(start, end)) ranks[index] = rank;
    start = end;
  }
  return ranks;
}
