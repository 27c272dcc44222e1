/** The middle value; the mean of the middle two when their count is even. Throws on an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('median: expected at least one value, received none');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/**
 * Median of the ratios of paired rounds. A round's contestants run one after the other, so that a change in the
 * machine's speed between rounds cancels out; the ratio of two medians would keep it.
 */
export function medianRatio(values: readonly number[], against: readonly number[]): number {
  if (values.length !== against.length) throw new RangeError('medianRatio: expected paired rounds');
  return median(values.map((value, round) => value / (against[round] as number)));
}
