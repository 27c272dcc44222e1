// What a channel report says of one channel, in words.

import { formatAmount } from '../base/counts.js';
import { describeDiscrimination } from '../channels/describe-discrimination.js';
import type { ChannelMetrics, ChannelReport } from '../channels/report.js';

/**
 * What a channel report says about one channel besides on how many images it fires, in words: its state if it is not simply
 * active, and the class that it separates best from the others.
 *
 * @returns undefined where there is neither
 */
export function describeMetrics(
  { data, classes }: Pick<ChannelReport, 'data' | 'classes'>,
  metrics: ChannelMetrics,
): string | undefined {
  const said: string[] = [];
  if (metrics.state !== 'active') said.push(metrics.state.replace('-', ' '));
  const discrimination = describeDiscrimination(classes, metrics);
  if (discrimination !== undefined) said.push(discrimination);
  if (said.length === 0) return undefined;
  return `Over ${formatAmount(data.imageCount, 'image')}: ${said.join('; ')}`;
}
