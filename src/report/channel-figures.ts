import type { ChannelFigures, ChannelReport } from '../channels/report.js';

/**
 * What a channel report says of one channel besides on how many images it fires, in words: its state where it is not
 * simply active, and the class that it tells from the others best.
 *
 * @returns undefined where there is neither
 */
export function describeFigures(
  { data, classes }: Pick<ChannelReport, 'data' | 'classes'>,
  { state, tells, classes: figures }: ChannelFigures,
): string | undefined {
  const said: string[] = [];
  if (state !== 'active') said.push(state.replace('-', ' '));
  const told = tells === null ? undefined : figures[tells];
  if (tells !== null && told?.auc != null) {
    const effect = told.effectSize === null ? '' : `, effect size ${told.effectSize.toFixed(2)}`;
    said.push(`answers most to ${classes[tells]?.className} (AUC ${told.auc.toFixed(2)}${effect})`);
  }
  if (said.length === 0) return undefined;
  return `Over ${data.imageCount.toLocaleString('en-US')} images: ${said.join('; ')}`;
}
