// Pictures of a channel report.

import { formatFixed, formatPercent } from '../base/numbers.js';
import type { Plane } from '../base/plane.js';
import type { Color, Raster } from '../base/raster.js';
import { measureDensities } from '../channels/densities.js';
import { signsDisagree } from '../channels/describe-discrimination.js';
import type { ChannelMetrics, ChannelReport, LayerMetrics } from '../channels/report.js';
import type { LayerTally } from '../channels/tally.js';
import { type DiscriminativeChannel, renderDiscriminativeChannels } from '../rendering/discriminative-channels.js';
import { encodePng } from '../rendering/png.js';
import { fileBase, type ResultFile } from './activation-files.js';
import { chartDepth } from './charts/depth-chart.js';
import { drawChart } from './charts/draw-chart.js';
import { colorOfClass } from './class-colors.js';
import type { PictureSource } from './picture-source.js';

/** A channel's map on the image that activates it most. */
export interface StrongestMap {
  channel: number;
  /** as the network got it */
  photograph: Raster;
  plane: Plane;
}

const othersColor: Color = [122, 122, 134];

/** The chart of sparsity and class separation by depth. */
export async function drawDepth({ layers }: ChannelReport, { words, texts }: PictureSource): Promise<ResultFile> {
  return { name: 'depth.png', content: encodePng(await drawChart(chartDepth(layers, words)), texts) };
}

/** What a picture of a layer's channels is drawn from. */
export interface DrawableChannels {
  report: Pick<ChannelReport, 'classes'>;
  layer: LayerMetrics;
  tally: LayerTally;
  /** of the layer in its network, from 1 */
  position: number;
  /** in the order in which they are to stand */
  maps: readonly StrongestMap[];
  source: PictureSource;
}

/** The channels of a layer that separate the classes best, each with its image and how the classes' images are spread. */
export function drawDiscriminative(drawable: DrawableChannels): ResultFile {
  const { layer, tally, position, maps, source } = drawable;
  const { classes } = drawable.report;
  const entries = maps.map(({ channel, photograph, plane }): DiscriminativeChannel => {
    const metrics = layer.channels[channel] as ChannelMetrics;
    const densities = measureDensities(tally, channel, favored(metrics));
    const colors = colorsOf(favored(metrics), classes.length);
    return {
      ...{ channel, photograph, plane, caption: captionOf(metrics), bar: barOf(metrics) },
      densities: densities && { ...densities, colors },
    };
  });
  const used = [...new Set(entries.flatMap(({ densities }) => densities?.colors ?? []))];
  const how = classes.length > 0 ? 'separate the classes best' : 'vary most';
  const picture = renderDiscriminativeChannels({
    title: `${layer.name}: channels that ${how}`,
    subtitle: [...source.words, 'each channel on the image that activates it most'].join(' - '),
    entries,
    legend: legendOf(classes).filter(({ color }) => used.includes(color)),
    sentences: [
      ...(classes.length > 0
        ? ['bar at the right: AUC of the class that a channel responds to more, from 0.5 (bottom) to 1 (top)']
        : []),
      `below: images by mean of the channel, lowest to highest${classes.length > 0 ? '; each color has the same area' : ''}`,
    ],
  });
  const content = encodePng(picture, { ...source.texts, Layer: layer.name });
  return { name: `${fileBase(layer.name, position)}-discriminative.png`, content };
}

/** The colors of a class's images and of all others: of two classes each has its own. */
function colorsOf(classIndex: number | null, classCount: number): Color[] {
  if (classIndex === null) return [othersColor];
  return [colorOfClass(classIndex), classCount === 2 ? colorOfClass(1 - classIndex) : othersColor];
}

function legendOf(classes: ChannelReport['classes']): { text: string; color: Color }[] {
  const named = classes.map(({ className }, index) => ({ text: className, color: colorOfClass(index) }));
  return [...named, { text: classes.length > 0 ? 'all other images' : 'all images', color: othersColor }];
}

function captionOf(metrics: ChannelMetrics): string {
  const distinguished = metrics.classes[favored(metrics) ?? -1];
  if (distinguished === undefined) return `${metrics.channel}: ${formatPercent(metrics.firingFraction)} of values fire`;
  const { auc, effectSize } = distinguished;
  const effect = effectSize === null ? '-' : formatFixed(effectSize, 2);
  const disagree = auc !== null && effectSize !== null && signsDisagree(auc, effectSize);
  return `${metrics.channel}: AUC ${auc?.toFixed(2) ?? '-'}, d ${effect}${disagree ? ' (few extreme images)' : ''}`;
}

function barOf(metrics: ChannelMetrics): DiscriminativeChannel['bar'] {
  const index = favored(metrics);
  const auc = index === null ? null : (metrics.classes[index]?.auc ?? null);
  return index === null || auc === null ? null : { fraction: 2 * auc - 1, color: colorOfClass(index) };
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
