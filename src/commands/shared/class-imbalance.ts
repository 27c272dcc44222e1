// Whether one class of train outweighs another, in words.

/** How many times as many images the largest class may have before it is reported. */
const MAX_IMBALANCE = 3;

/** `train has 13 of cat and 4 of dog (3.3 : 1)`; undefined where no class outweighs another. @param counts of each class */
export function describeImbalance(counts: readonly number[], classNames: readonly string[]): string | undefined {
  const [most, least] = [Math.max(...counts), Math.min(...counts)];
  if (most <= MAX_IMBALANCE * least) return undefined;
  const describe = (count: number) => `${count} of ${classNames[counts.indexOf(count)]}`;
  return `train has ${describe(most)} and ${describe(least)} (${(most / least).toFixed(1)} : 1)`;
}
