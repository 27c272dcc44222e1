// Groups of mistakes in words.

import { formatAmount } from '../../base/counts.js';
import { formatFixed } from '../../base/numbers.js';
import { rowsAtLeast } from '../../evaluation/find-groups.js';
import type { MistakeGroup, MistakesOfClass } from './result.js';

/** How the mistakes that were taken for a class fall into groups, in a sentence. */
export function describeMistakes({
  className,
  mistakeCount,
  explainedCount,
  groups,
  stability,
  spread,
}: MistakesOfClass): string {
  const mistakes = `${formatAmount(mistakeCount, 'image')} wrongly predicted ${className}`;
  if (explainedCount === 0) return `${mistakes}: too few to group, ${rowsAtLeast} are needed`;
  if (spread !== undefined) {
    return `${mistakes}: one group (the evidence varies ${formatFixed(spread, 2)} times as much as that of right answers)`;
  }
  if (stability === undefined) {
    return `${mistakes}: not shown to fall into groups; they may have one thing in common, or nothing`;
  }
  const again = `on four fifths of them the groups agree to ${formatFixed(stability, 2)} of 1`;
  return `${mistakes}: ${groups.length} groups (${again})`;
}

/** `41 %: evidence bottom, green; channels 12, 3` */
export function describeGroup({ share, position, colorName, channels }: MistakeGroup): string {
  const from = channels.length === 0 ? '' : `; ${nameChannels(channels)}`;
  return `${formatShare(share)}: evidence ${position}, ${colorName}${from}`;
}

/** The same in lines that fit below a picture. */
export function listGroup({ share, position, colorName, channels }: MistakeGroup, index: number): string[] {
  const from = channels.length === 0 ? [] : [nameChannels(channels)];
  return [`group ${index + 1}: ${formatShare(share)}`, `place: ${position}`, `color: ${colorName}`, ...from];
}

function nameChannels(channels: readonly number[]): string {
  return `${channels.length === 1 ? 'channel' : 'channels'} ${channels.join(', ')}`;
}

function formatShare(share: number): string {
  return `${Math.round(100 * share)} %`;
}
