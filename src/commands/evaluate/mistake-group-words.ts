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
}: MistakesOfClass): string {
  const mistakes = `${formatAmount(mistakeCount, 'image')} wrongly predicted ${className}`;
  if (explainedCount === 0) return `${mistakes}: too few to group, ${rowsAtLeast} are needed`;
  if (stability === undefined) return `${mistakes}: no groups that hold, each seems to be a mistake of its own`;
  const again = `on four fifths of them the groups agree to ${formatFixed(stability, 2)} of 1`;
  return `${mistakes}: ${groups.length} groups (${again})`;
}

/** `41 %: evidence at the bottom, green; channels 12, 3` */
export function describeGroup({ share, position, colorName, channels }: MistakeGroup): string {
  const from =
    channels.length === 0 ? '' : `; ${channels.length === 1 ? 'channel' : 'channels'} ${channels.join(', ')}`;
  return `${Math.round(100 * share)} %: evidence ${position}, ${colorName}${from}`;
}
