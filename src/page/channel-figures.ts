// What a channel report says of one channel, in words.

import { formatAmount } from '../base/counts.js';
import { describeTelling } from '../channels/describe-telling.js';
import type { ChannelFigures, ChannelReport } from '../channels/report.js';

/**
 * What a channel report says about one channel besides on how many images it fires, in words: its state if it is not simply
 * active, and the class that it separates best from the others.
 *
 * @returns undefined where there is neither
 */
export function describeFigures(
  { data, classes }: Pick<ChannelReport, 'data' | 'classes'>,
  figures: ChannelFigures,
): string | undefined {
  const said: string[] = [];
  if (figures.state !== 'active') said.push(figures.state.replace('-', ' '));
  const telling = describeTelling(classes, figures);
  if (telling !== undefined) said.push(telling);
  if (said.length === 0) return undefined;
  return `Over ${formatAmount(data.imageCount, 'image')}: ${said.join('; ')}`;
}
