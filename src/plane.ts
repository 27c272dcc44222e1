/** One two-dimensional field of numbers, row by row: a feature map, a heat map, a kernel slice. */
export interface Plane {
  width: number;
  height: number;
  /** width x height values; index = y * width + x */
  values: Float32Array;
}

/** What a plane's numbers are like. NaN and infinities are counted and otherwise left out; with none left, all are 0. */
export interface PlaneStatistics {
  min: number;
  max: number;
  mean: number;
  /** of the population, as NumPy's `std` */
  standardDeviation: number;
  /** 0..1, of all values */
  zeroFraction: number;
  /** how many values are NaN or infinite */
  nonFiniteCount: number;
}

/** Statistics of one plane or of several taken together, in double precision. */
export function measurePlanes(planes: readonly Plane[]): PlaneStatistics {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  let zeroCount = 0;
  let finiteCount = 0;
  for (const { values } of planes) {
    count += values.length;
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      finiteCount++;
      sum += value;
      if (value === 0) zeroCount++;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (finiteCount === 0) {
    return { min: 0, max: 0, mean: 0, standardDeviation: 0, zeroFraction: 0, nonFiniteCount: count };
  }
  // Equal values sum up to a mean a rounding error away from them: their deviation is 0 all the same.
  const mean = min === max ? min : sum / finiteCount;
  const standardDeviation = Math.sqrt(sumSquaredDeviations(planes, mean) / finiteCount);
  return { min, max, mean, standardDeviation, zeroFraction: zeroCount / count, nonFiniteCount: count - finiteCount };
}

function sumSquaredDeviations(planes: readonly Plane[], mean: number): number {
  let sum = 0;
  for (const { values } of planes) {
    for (const value of values) if (Number.isFinite(value)) sum += (value - mean) * (value - mean);
  }
  return sum;
}
