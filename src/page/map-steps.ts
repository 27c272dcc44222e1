// How finely a page keeps the values of maps.

/**
 * How many steps a channel may have from its lowest to its highest value: the stronger it is in its layer, the more, so that a
 * step is about as large in all of them. Even with the fewest no value is off by more than a 64th of its channel's range.
 */
export const stepCounts = [33, 65, 129] as const;

/** With `--exact`, and of the input: an image has as many by itself. */
export const exactSteps = 256;

/** @param strength the largest value of the channel's layer in size */
export function chooseSteps({ min, max }: { min: number; max: number }, strength: number): number {
  const finest = stepCounts[stepCounts.length - 1] as number;
  return stepCounts.find((count) => (max - min) / (count - 1) <= strength / (finest - 1)) ?? finest;
}

/** The place of a channel's first step in the palette of its layer, which has the colors of each count one after the other. */
export function placeOfSteps(count: number): number {
  return stepCounts.reduce((sum, each) => (count !== exactSteps && each < count ? sum + each : sum), 0);
}
