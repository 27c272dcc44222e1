// Pictures of a channel report.

import type { Plane } from '../base/plane.js';
import type { Color, Raster } from '../base/raster.js';
import { signsDisagree } from '../channels/describe-discrimination.js';
import type { ChannelMetrics, ChannelReport, LayerMetrics } from '../channels/report.js';
import { type DiscriminativeChannel, renderDiscriminativeChannels } from '../rendering/discriminative-channels.js';
import { encodePng } from '../rendering/png.js';
import { fileBase, type ResultFile } from './activation-files.js';
import { chartDepth } from './charts/depth-chart.js';
import { drawChart } from './charts/draw-chart.js';

/** A channel's map on the image that activates it most. */
export interface StrongestMap {
  channel: number;
  /** as the network got it */
  photograph: Raster;
  plane: Plane;
}

/** Okabe and Ito's, as in the charts. */
const classColors: readonly Color[] = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
];

/** The chart of sparsity and class separation by depth. */
export async function drawDepth({ layers }: ChannelReport): Promise<ResultFile> {
  return { name: 'depth.png', content: encodePng(await drawChart(chartDepth(layers))) };
}

/**
 * The channels of a layer that separate the classes best, each with its image.
 *
 * @param position of the layer in its network, from 1
 * @param maps in the order in which they are to stand
 */
export function drawDiscriminative(
  { classes }: ChannelReport,
  { name, channels }: LayerMetrics,
  position: number,
  maps: readonly StrongestMap[],
): ResultFile {
  const shown = maps.map(({ channel }) => channels[channel] as ChannelMetrics);
  const entries = maps.map(({ photograph, plane }, index): DiscriminativeChannel => {
    const metrics = shown[index] as ChannelMetrics;
    return { channel: metrics.channel, photograph, plane, caption: captionOf(metrics), bar: barOf(metrics) };
  });
  const used = classes.flatMap(({ className }, index) => {
    const text = `responds more to ${className}; bar: AUC, from 0.5 (bottom) to 1 (top)`;
    return shown.some((each) => favored(each) === index) ? [{ text, color: colorOf(index) }] : [];
  });
  const how = classes.length > 0 ? 'separate the classes best' : 'vary most';
  const title = `${name}: channels that ${how}`;
  const subtitle = 'each on the image that activates it most';
  const picture = renderDiscriminativeChannels(title, subtitle, entries, used);
  return { name: `${fileBase(name, position)}-telling.png`, content: encodePng(picture) };
}

function captionOf(metrics: ChannelMetrics): string {
  const distinguished = metrics.classes[favored(metrics) ?? -1];
  if (distinguished === undefined)
    return `${metrics.channel}: ${(100 * metrics.firingFraction).toFixed(1)} % of values fire`;
  const { auc, effectSize } = distinguished;
  const effect = effectSize?.toFixed(2).replace('-', '\u2212') ?? '-';
  const disagree = auc !== null && effectSize !== null && signsDisagree(auc, effectSize);
  return `${metrics.channel}: AUC ${auc?.toFixed(2) ?? '-'}, d ${effect}${disagree ? ' (few extreme images)' : ''}`;
}

function barOf(metrics: ChannelMetrics): DiscriminativeChannel['bar'] {
  const index = favored(metrics);
  const auc = index === null ? null : (metrics.classes[index]?.auc ?? null);
  return index === null || auc === null ? null : { fraction: 2 * auc - 1, color: colorOf(index) };
}

/** The class to which a channel responds most. */
function favored({ classes }: ChannelMetrics): number | null {
  let best: number | null = null;
  classes.forEach(({ auc }, index) => {
    const known = best === null ? 0.5 : (classes[best]?.auc ?? 0.5);
    if (auc !== null && auc > known) best = index;
  });
  return best;
}

function colorOf(index: number): Color {
  return classColors[index % classColors.length] as Color;
}
