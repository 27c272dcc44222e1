// Divides rows of numbers into clusters.

import type { Random } from '../base/random.js';

/** A division of rows. */
export interface Clustering {
  /** the cluster of each row */
  clusters: Uint8Array;
  centers: Float64Array[];
  /** sum of the squared distances of the rows from their centers */
  within: number;
}

/** Divisions that are tried from other centers; the best one counts. */
const starts = 4;

/** Rounds at most; most end by themselves after ten. */
const rounds = 100;

/**
 * k-means: Lloyd, "Least squares quantization in PCM", 1982, begun as Arthur and Vassilvitskii do ("k-means++", 2007).
 *
 * @param rows all of the same length, as many as clusters at least
 */
export function clusterRows(rows: readonly Float64Array[], count: number, random: Random): Clustering {
  let best: Clustering | undefined;
  for (let start = 0; start < starts; start++) {
    const found = improve(rows, drawCenters(rows, count, random));
    if (best === undefined || found.within < best.within) best = found;
  }
  return best as Clustering;
}

function improve(rows: readonly Float64Array[], first: Float64Array[]): Clustering {
  const clusters = new Uint8Array(rows.length);
  let [centers, within] = [first, Infinity];
  for (let round = 0; round < rounds; round++) {
    const distances = assignRows(rows, centers, clusters);
    const sum = distances.reduce((total, distance) => total + distance, 0);
    if (sum >= within) break;
    within = sum;
    centers = centers.map((center, index) => {
      const own = rows.filter((_, row) => clusters[row] === index);
      return own.length === 0 ? center : averageRows(own);
    });
  }
  return { clusters, centers, within };
}

/** Each center a row, with a probability that grows with the square of its distance from those before. */
function drawCenters(rows: readonly Float64Array[], count: number, random: Random): Float64Array[] {
  const centers = [rows[Math.floor(random() * rows.length)] as Float64Array];
  while (centers.length < count) {
    const distances = assignRows(rows, centers, new Uint8Array(rows.length));
    let rest = random() * distances.reduce((sum, distance) => sum + distance, 0);
    const drawn = distances.findIndex((distance) => {
      rest -= distance;
      return rest < 0;
    });
    centers.push(rows[Math.max(0, drawn)] as Float64Array);
  }
  return centers;
}

/** Notes the nearest center of each row. @returns the squares of the distances */
function assignRows(rows: readonly Float64Array[], centers: readonly Float64Array[], into: Uint8Array): Float64Array {
  return Float64Array.from(rows, (row, index) => {
    let least = Infinity;
    for (let center = 0; center < centers.length; center++) {
      const distance = squaredDistance(row, centers[center] as Float64Array);
      if (distance >= least) continue;
      least = distance;
      into[index] = center;
    }
    return least;
  });
}

export function squaredDistance(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += ((one[at] as number) - (other[at] as number)) ** 2;
  return sum;
}

/** @param rows one at least */
export function averageRows(rows: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array((rows[0] as Float64Array).length);
  for (const row of rows) for (let at = 0; at < sums.length; at++) (sums[at] as number) += row[at] as number;
  return sums.map((sum) => sum / rows.length);
}
