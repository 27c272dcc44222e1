// The orders in which a layer's channels can be shown.

import type { LayerData } from '../image-data.js';

/** By what the channels of a layer are put in order. */
export type ChannelOrder = 'contribution' | 'number' | 'mean' | 'max' | 'auc';

/**
 * The numbers of channels in an order: the largest value first, of equal ones the lower number; a contribution counts by its
 * size, for or against, an AUC by its distance from chance. Those with NaN or infinity among their values, and those without
 * such a value, come last.
 *
 * @param auc where it is known
 */
export function orderChannels(
  {
    min,
    mean,
    max,
    contribution,
    nonFinite = {},
  }: Pick<LayerData, 'min' | 'mean' | 'max' | 'contribution' | 'nonFinite'>,
  order: ChannelOrder,
  auc: readonly (number | null)[] = [],
): number[] {
  const numbers = min.map((_, number) => number);
  const values: Record<ChannelOrder, (number: number) => number | null | undefined> = {
    number: () => 0,
    mean: (number) => mean[number],
    max: (number) => max[number],
    contribution: (number) => contribution && Math.abs(contribution[number] as number),
    auc: (number) => (auc[number] == null ? null : Math.abs((auc[number] as number) - 0.5)),
  };
  const value = (number: number) =>
    (number in nonFinite && order !== 'number' ? null : values[order](number)) ?? -Infinity;
  return numbers.sort((a, b) => (value(a) === value(b) ? a - b : value(b) - value(a)));
}
