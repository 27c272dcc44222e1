// Whether things fall into groups, and into which.

import { createRandom, permutation, type Random } from '../base/random.js';
import { averageRows, type Clustering, clusterRows, squaredDistance } from './k-means.js';
import { adjustedRandIndex } from './rand-index.js';

/** How a division was found to hold. */
export interface Groups {
  /** places of the rows of each group, the most typical first; the largest group first */
  members: number[][];
  /** mean adjusted Rand index with the divisions of four fifths of the rows, up to 1 */
  stability: number;
}

/** With fewer rows nothing is said. */
export const rowsAtLeast = 30;

const groupsAtMost = 6;

/** A smaller one is a few odd rows, not a group. */
const membersAtLeast = 5;

/** Below it other rows of the same kind would be divided in another way. */
const stabilityAtLeast = 0.8;

/** Divisions of parts of the rows. */
const parts = 20;
const partShare = 0.8;

/** How often a single cloud is drawn, and how many standard deviations closer than those the groups have to be. */
const clouds = 30;
const closerBy = 3;

/**
 * The division of some rows into 2 to 6 groups that holds best: it comes out much the same on four fifths of the rows, and is closer
 * than that of a single cloud, normally distributed with the covariance of the rows (Liu, Hayes, Nobel, Marron: "Statistical
 * Significance of Clustering for High-Dimension, Low-Sample Size Data", 2008). k-means divides anything; without both, nothing is said.
 *
 * @param rows 30 at least
 * @param seed uint32
 * @returns undefined where the rows are not shown to fall into groups
 */
export function findGroups(rows: readonly Float64Array[], seed: number): Groups | undefined {
  const mean = averageRows(rows);
  const total = rows.reduce((sum, row) => sum + squaredDistance(row, mean), 0);
  if (!(total > 0)) return undefined;
  const divisions = [];
  for (let count = 2; count <= groupsAtMost; count++) {
    const all = clusterRows(rows, count, createRandom(seed, 'search', count));
    const members = listMembers(rows, all, count);
    if (members.some(({ length }) => length < membersAtLeast)) continue;
    const stability = measureStability(rows, all, count, seed);
    if (stability >= stabilityAtLeast) divisions.push({ count, members, stability, ratio: all.within / total });
  }
  divisions.sort((a, b) => b.stability - a.stability || b.count - a.count);
  const found = divisions.find(({ count, ratio }) => isCloserThanClouds(rows, { mean, ratio, count }, seed));
  return found && { members: found.members, stability: found.stability };
}

function listMembers(rows: readonly Float64Array[], { clusters, centers }: Clustering, count: number): number[][] {
  const members = Array.from({ length: count }, (_, cluster) => {
    const far = (row: number) => squaredDistance(rows[row] as Float64Array, centers[cluster] as Float64Array);
    return [...rows.keys()].filter((row) => clusters[row] === cluster).sort((a, b) => far(a) - far(b));
  });
  return members.sort((a, b) => b.length - a.length);
}

function measureStability(rows: readonly Float64Array[], all: Clustering, count: number, seed: number): number {
  let sum = 0;
  for (let part = 0; part < parts; part++) {
    const random = createRandom(seed, 'search', count, part);
    const chosen = [...permutation(rows.length, random)].slice(0, Math.floor(partShare * rows.length));
    const own = clusterRows(
      chosen.map((row) => rows[row] as Float64Array),
      count,
      random,
    );
    sum += adjustedRandIndex(
      own.clusters,
      chosen.map((row) => all.clusters[row] as number),
    );
  }
  return sum / parts;
}

function isCloserThanClouds(
  rows: readonly Float64Array[],
  { mean, ratio, count }: { mean: Float64Array; ratio: number; count: number },
  seed: number,
): boolean {
  const ratios = Array.from({ length: clouds }, (_, cloud) => {
    const random = createRandom(seed, 'search', count, parts + cloud);
    const drawn = rows.map(() => drawFromCloud(rows, mean, random));
    const center = averageRows(drawn);
    const total = drawn.reduce((sum, row) => sum + squaredDistance(row, center), 0);
    return clusterRows(drawn, count, random).within / total;
  });
  const usual = ratios.reduce((sum, value) => sum + value, 0) / clouds;
  const deviation = Math.sqrt(ratios.reduce((sum, value) => sum + (value - usual) ** 2, 0) / (clouds - 1));
  return ratio < usual - closerBy * deviation;
}

/** Normal with the covariance of the rows: a sum of their differences from the mean, each times a normal number. */
function drawFromCloud(rows: readonly Float64Array[], mean: Float64Array, random: Random): Float64Array {
  const drawn = new Float64Array(mean.length);
  for (const row of rows) {
    const factor = drawNormal(random) / Math.sqrt(rows.length);
    for (let at = 0; at < mean.length; at++) {
      (drawn[at] as number) += factor * ((row[at] as number) - (mean[at] as number));
    }
  }
  return drawn;
}

/** Box and Muller, 1958. */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
