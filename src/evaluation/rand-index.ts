// How far two divisions of the same things agree.

/**
 * The adjusted Rand index (Hubert and Arabie, "Comparing partitions", 1985): 1 for the same division, whatever its parts are called,
 * 0 on average for one by chance. 1 where both have one part only.
 */
export function adjustedRandIndex(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [cells, rows, columns] = [new Map<string, number>(), new Map<number, number>(), new Map<number, number>()];
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number];
    cells.set(`${a} ${b}`, (cells.get(`${a} ${b}`) ?? 0) + 1);
    rows.set(a, (rows.get(a) ?? 0) + 1);
    columns.set(b, (columns.get(b) ?? 0) + 1);
  }
  const pairs = (counts: Iterable<number>) => Array.from(counts).reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [inBoth, inOne, inOther] = [cells, rows, columns].map((counts) => pairs(counts.values())) as [
    number,
    number,
    number,
  ];
  const expected = (inOne * inOther) / pairs([one.length]);
  const highest = (inOne + inOther) / 2;
  return highest === expected ? 1 : (inBoth - expected) / (highest - expected);
}
