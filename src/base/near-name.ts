// Which name may have been meant by one that is not there.

/** The name that takes the fewest edits to reach, where these are few for its length. Letter case counts for nothing. */
export function findNearName(wanted: string, names: readonly string[]): string | undefined {
  const asked = wanted.toLowerCase();
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const edits = countEdits(asked, name.toLowerCase());
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

/** `Did you mean cats? `, or nothing: a sentence to begin a hint with. */
export function suggest(wanted: string, names: readonly string[]): string {
  const near = findNearName(wanted, names);
  return near === undefined ? '' : `Did you mean ${near}? `;
}

/** Characters added, left out or replaced, and neighbors swapped: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const edits = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      const replaced = (last[column - 1] as number) + (isSame ? 0 : 1);
      edits[column] = Math.min(replaced, swapped, (last[column] as number) + 1, (edits[column - 1] as number) + 1);
    }
    [beforeLast, last] = [last, edits];
  }
  return last[to.length] as number;
}
