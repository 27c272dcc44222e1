import { formatFixed } from '../base/numbers.js';
import type { ChannelClassMetrics, ChannelMetrics, ReportedClass } from './report.js';

/** An AUC this close to 0.5 separates nothing visible. */
const leastDistance = 0.05;

/** Standard errors of an AUC: how far it gets by chance if images do not differ. */
const errorsByChance = 2;

/** What has to be known of a channel. */
interface Discrimination extends Pick<ChannelMetrics, 'tells'> {
  classes: readonly Pick<ChannelClassMetrics, 'auc' | 'effectSize'>[];
}

/**
 * Which class a channel separates from the others, in words, and how well: `responds more to dogs (AUC 0.79, effect size 1.14)`.
 * A channel hardly better than guessing is not said to respond to any class.
 *
 * @param classes the report's, with the numbers of their images
 * @returns undefined if the channel separates no class
 */
export function describeDiscrimination(
  classes: readonly ReportedClass[],
  { tells, classes: metrics }: Discrimination,
): string | undefined {
  const distinguished = tells === null ? undefined : metrics[tells];
  if (tells === null || distinguished === undefined || distinguished.auc === null) return undefined;
  const { auc, effectSize } = distinguished;
  const { className } = classes[tells] as ReportedClass;
  if (Math.abs(auc - 0.5) < smallestDifference(classes, tells)) {
    return `hardly separates the classes (AUC ${auc.toFixed(2)} for ${className})`;
  }
  const disagrees = effectSize !== null && signsDisagree(auc, effectSize);
  const why = disagrees ? ', of the other sign: a few extreme images outweigh the rest' : '';
  const effect = effectSize === null ? '' : `, effect size ${formatFixed(effectSize, 2)}${why}`;
  return `responds ${auc > 0.5 ? 'more' : 'less'} to ${className} (AUC ${auc.toFixed(2)}${effect})`;
}

/** Whether the mean is larger for one side, and most pairs are for the other, as far as two digits show it. */
export function signsDisagree(auc: number, effectSize: number): boolean {
  return Math.round(100 * (auc - 0.5)) * Math.round(100 * effectSize) < 0;
}

/** The standard error is that of the Mann-Whitney statistic without differences: sqrt((m + n + 1) / (12 m n)). */
function smallestDifference(classes: readonly ReportedClass[], tells: number): number {
  const members = (classes[tells] as ReportedClass).imageCount;
  const others = classes.reduce((sum, { imageCount }) => sum + imageCount, 0) - members;
  return Math.max(leastDistance, errorsByChance * Math.sqrt((members + others + 1) / (12 * members * others)));
}
