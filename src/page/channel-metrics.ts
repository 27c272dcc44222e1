// What a channel report says of one channel, in words.

import { formatAmount } from '../base/counts.js';
import { describeDiscrimination } from '../channels/describe-discrimination.js';
import type { ReportedClass } from '../channels/report.js';
import type { ReportedChannels } from './page-data.js';

/** Of one channel; auc, effectSize: of the class that it separates best from the others. */
interface ChannelMetrics {
  state: ReportedChannels['state'][number];
  tells: number | null;
  auc: number | null;
  effectSize: number | null;
}

/**
 * What a channel report says about one channel besides on how many images it fires, in words: its state if it is not simply
 * active, and the class that it separates best from the others.
 *
 * @returns undefined where there is neither
 */
export function describeMetrics(
  { imageCount, classes }: { imageCount: number; classes: readonly ReportedClass[] },
  { state, tells, ...best }: ChannelMetrics,
): string | undefined {
  const said: string[] = [];
  if (state !== 'active') said.push(state.replace('-', ' '));
  const discrimination = describeDiscrimination(classes, { tells, classes: classes.map(() => best) });
  if (discrimination !== undefined) said.push(discrimination);
  if (said.length === 0) return undefined;
  return `Over ${formatAmount(imageCount, 'image')}: ${said.join('; ')}`;
}
