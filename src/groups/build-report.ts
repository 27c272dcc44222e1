// Puts together what was found of groups of channels.

import type { PatchReport } from '../patches/report.js';
import type { FoundGroups } from './find-groups.js';
import { GROUP_COLORS, nameColor } from './group-colors.js';
import type { GroupSums } from './measure-strengths.js';
import type { ChannelGroup, LayerGroups } from './report.js';

/** A layer's groups: as they were found, and what they do on all images. */
export interface MeasuredLayer {
  found: FoundGroups & {
    sampledPlaceCount: number;
    /** of the same places, each channel's values shuffled */
    shuffled: Pick<FoundGroups, 'share' | 'recurrences'>;
  };
  sums: GroupSums;
  /** of the layer itself, with the batch's 1 */
  shape: readonly number[];
  imageCount: number;
  /** the groups' patches, as of channels of a layer */
  patches: PatchReport['layers'][number];
}

/** The layer before it is drawn. @returns with it, for each group, its place among those that were found */
export function describeLayer(layer: MeasuredLayer): { layer: LayerGroups; order: number[] } {
  const { found, sums, shape, imageCount, patches } = layer;
  const total = sums.parts.reduce((sum, part) => sum + part, 0);
  const partOf = (group: number) => (total === 0 ? 0 : (sums.parts[group] as number) / total);
  const order = [...sums.parts.keys()].sort((a, b) => partOf(b) - partOf(a) || a - b);
  const [, height = 1, width = 1] = shape;
  const { name, kind, field } = patches;
  const isSilent = found.count === 0;
  return {
    order,
    layer: {
      ...{ name, kind, shape: [...shape], field },
      sheet: '',
      share: sums.squares === 0 ? null : Math.min(1, Math.max(0, 1 - sums.rest / sums.squares)),
      sampleShare: isSilent ? null : found.share,
      shuffledShare: isSilent ? null : found.shuffled.share,
      shuffledRecurrences: found.shuffled.recurrences.toSorted((a, b) => b - a),
      sampledPlaceCount: found.sampledPlaceCount,
      placeCount: sums.imageCount * height * width,
      nonFiniteImageCount: imageCount - sums.imageCount,
      groups: order.map((group, index) => describeGroup(layer, group, { number: index + 1, part: partOf(group) })),
      images: [],
    },
  };
}

function describeGroup(
  { found, patches: { channels } }: MeasuredLayer,
  group: number,
  { number, part }: Pick<ChannelGroup, 'number' | 'part'>,
): ChannelGroup {
  const { tells, auc, firingImageCount, patches } = channels.find(
    ({ channel }) => channel === group,
  ) as MeasuredLayer['patches']['channels'][number];
  const columns = found.weights.length / found.count;
  const weights = [...found.weights.subarray(group * columns, (group + 1) * columns)];
  return {
    ...{ number, color: nameColor(GROUP_COLORS[number - 1] ?? [0, 0, 0]), part },
    recurrence: found.recurrences[group] as number,
    ...{ tells, auc, firingImageCount },
    channels: weights
      .map((weight, channel) => ({ channel, weight }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.channel - b.channel),
    patches,
  };
}
