// Whether things are all of one group: much alike, and more so than others are.

import { joinFeatures } from './join-features.js';
import { averageRows, squaredDistance } from './k-means.js';

/** Things that are one group. */
export interface OneGroup {
  /** places of all things, the most typical first */
  members: number[];
  /** mean square of their distances from their mean over that of the others, each kind of numbers alike; 0..1 */
  spread: number;
}

/** With fewer others it is not known what is usual. */
const othersAtLeast = 30;

/** From here on the things are hardly more alike than others are. */
const spreadAtMost = 0.5;

/**
 * Finds what k-means cannot, since it divides: that there is but one group. Alike means closer to their own mean than the others are
 * to theirs, on average over the kinds.
 *
 * @param kinds for each kind the numbers of each thing
 * @param others the same of the things to compare with
 * @returns undefined where the things are not shown to be more alike, or the others are too few
 */
export function findOneGroup(
  kinds: readonly (readonly Float64Array[])[],
  others: readonly (readonly Float64Array[])[],
): OneGroup | undefined {
  if ((others[0]?.length ?? 0) < othersAtLeast) return undefined;
  const ratios = kinds.map((rows, kind) => {
    const usual = measureSpread(others[kind] as readonly Float64Array[]);
    return usual > 0 ? measureSpread(rows) / usual : 1;
  });
  const spread = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  if (!(spread <= spreadAtMost)) return undefined;
  const rows = joinFeatures(kinds);
  const mean = averageRows(rows);
  const far = rows.map((row) => squaredDistance(row, mean));
  return { members: [...rows.keys()].sort((a, b) => (far[a] as number) - (far[b] as number)), spread };
}

function measureSpread(rows: readonly Float64Array[]): number {
  const mean = averageRows(rows);
  return rows.reduce((sum, row) => sum + squaredDistance(row, mean), 0) / rows.length;
}
