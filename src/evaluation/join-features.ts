// Puts descriptions of different kinds into one row, so that each kind counts alike.

/**
 * One row for each thing: the numbers of each kind divided by the root of their total variance over the things. A kind that is the same
 * for all things is left out.
 *
 * @param kinds for each kind the numbers of each thing
 */
export function joinFeatures(kinds: readonly (readonly Float64Array[])[]): Float64Array[] {
  const scales = kinds.map(measureSpread);
  const things = kinds[0]?.length ?? 0;
  return Array.from({ length: things }, (_, thing) => {
    const parts = kinds.flatMap((rows, kind) => {
      const scale = scales[kind] as number;
      return scale > 0 ? [Array.from(rows[thing] as Float64Array, (value) => value / scale)] : [];
    });
    return Float64Array.from(parts.flat());
  });
}

/** Root of the sum of the variances. */
function measureSpread(rows: readonly Float64Array[]): number {
  let variance = 0;
  for (let at = 0; at < (rows[0]?.length ?? 0); at++) {
    const mean = rows.reduce((sum, row) => sum + (row[at] as number), 0) / rows.length;
    variance += rows.reduce((sum, row) => sum + ((row[at] as number) - mean) ** 2, 0) / rows.length;
  }
  return Math.sqrt(variance);
}
