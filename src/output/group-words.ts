// What is said of the groups of a layer, on its sheet and on the terminal.

import { formatPercent } from '../base/numbers.js';
import type { LayerGroups } from '../groups/report.js';

/** `83.4 % of the activity explained` */
export function describeShares({ share, groups }: Pick<LayerGroups, 'share' | 'groups'>): string {
  if (share === null) return 'outputs nothing but 0 on these images: there is nothing to group';
  if (groups.length === 0) return 'outputs nothing but 0 at the sampled places: no groups were found';
  return `${formatPercent(share)} of the activity explained`;
}

/** The control beside what it is comparable with; undefined without groups. */
export function describeChance(layer: LayerGroups): string | undefined {
  const { sampleShare, shuffledShare, shuffledRecurrences: byChance } = layer;
  if (sampleShare === null || shuffledShare === null) return undefined;
  const [highest, lowest] = [byChance[0] ?? 0, byChance.at(-1) ?? 0].map((each) => each.toFixed(2));
  return (
    `shuffled, so that channels fire together by chance alone: ${formatPercent(shuffledShare)} (not shuffled: ` +
    `${formatPercent(sampleShare)}), found again ${lowest === highest ? lowest : `${lowest} to ${highest}`}`
  );
}
