// The bins of a distribution.

export interface Histogram {
  min: number;
  max: number;
  count: number;
  sum: number;
  sumOfSquares: number;
  /** upper end of each bin; the first begins at `min` */
  limits: number[];
  counts: number[];
}

/** As many as `tf.summary.histogram` makes. */
const BIN_COUNT = 30;

/** Equal bins from the least to the greatest finite number; one bin where they are all the same; undefined for none. */
export function countBins(values: Float32Array): Histogram | undefined {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  let [min, max, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const value of finite) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
  }
  const metrics = { min, max, count: finite.length, sum, sumOfSquares };
  if (min === max) return { ...metrics, limits: [max], counts: [finite.length] };
  const width = (max - min) / BIN_COUNT;
  const counts = new Array<number>(BIN_COUNT).fill(0);
  for (const value of finite) {
    const bin = Math.min(BIN_COUNT - 1, Math.floor((value - min) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const limits = counts.map((_, bin) => (bin === BIN_COUNT - 1 ? max : min + width * (bin + 1)));
  return { ...metrics, limits, counts };
}
