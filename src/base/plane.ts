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
  const tally: Tally = { min: Infinity, max: -Infinity, sum: 0, zeroCount: 0, finiteCount: 0 };
  let count = 0;
  for (const { values } of planes) {
    addValues(tally, values);
    count += values.length;
  }
  const { min, max, sum, zeroCount, finiteCount } = tally;
  if (finiteCount === 0) {
    return { min: 0, max: 0, mean: 0, standardDeviation: 0, zeroFraction: 0, nonFiniteCount: count };
  }
  // Equal values sum up to a mean a rounding error away from them: their deviation is 0 all the same.
  const mean = min === max ? min : sum / finiteCount;
  let squares = 0;
  // A second pass: the mean of the squares less the square of the mean loses every digit where the spread is small.
  if (min < max) for (const { values } of planes) squares += sumSquaredDeviations(values, mean);
  const standardDeviation = Math.sqrt(squares / finiteCount);
  return { min, max, mean, standardDeviation, zeroFraction: zeroCount / count, nonFiniteCount: count - finiteCount };
}

interface Tally {
  min: number;
  max: number;
  sum: number;
  zeroCount: number;
  finiteCount: number;
}

// Loops over indexes: twice as fast as `for of` in code that runs once, before it is optimized.
function addValues(tally: Tally, values: Float32Array): void {
  let { min, max, sum, zeroCount, finiteCount } = tally;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    // NaN and infinities alone leave something when subtracted from themselves.
    if (value - value !== 0) continue;
    finiteCount++;
    sum += value;
    if (value === 0) zeroCount++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  Object.assign(tally, { min, max, sum, zeroCount, finiteCount });
}

function sumSquaredDeviations(values: Float32Array, mean: number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const deviation = (values[index] as number) - mean;
    if (deviation - deviation === 0) sum += deviation * deviation;
  }
  return sum;
}
