// The verdict on the channels, in sentences.

import { formatAmount, formatCount } from '../base/counts.js';
import { formatPercent } from '../base/numbers.js';
import { describeDepth } from './describe-depth.js';
import { describeDiscrimination } from './describe-discrimination.js';
import { isPooling } from './is-pooling.js';
import type { ChannelMetrics, LayerMetrics, ReportedClass } from './report.js';

/** How many channels of a layer must be dead or nearly so before the verdict mentions it. */
const manyDead = 0.1;

/** The verdict on the channels, a sentence each, the most important first. */
export function describeVerdict(
  layers: readonly LayerMetrics[],
  classes: readonly ReportedClass[],
  imageCount: number,
): string[] {
  const channelCount = sum(layers, ({ channels }) => channels.length);
  const measured = `${formatAmount(channelCount, 'channel')} of ${formatAmount(layers.length, 'layer')}`;
  return [
    `${measured} on ${formatAmount(imageCount, 'image')}: ${countStates(layers)}.`,
    ...describeNotableLayers(layers),
    ...describeSparsity(layers.filter(({ kind, shape }) => shape.length > 2 && !isPooling(kind))),
    ...describeSeparation(layers, classes),
    ...describeBroken(layers),
  ];
}

/** The sentence about merged shards that several backends computed. */
export function reportBackends(names: readonly string[]): string[] {
  if (names.length < 2) return [];
  const list = [...names].sort().join(' and ');
  return [
    `Its shards were computed on ${list}, which round differently: the last digits differ from those of a single pass.`,
  ];
}

function countStates(layers: readonly LayerMetrics[]): string {
  const counts = [
    `${formatCount(sum(layers, ({ deadCount }) => deadCount))} dead`,
    `${formatCount(sum(layers, ({ nearlyDeadCount }) => nearlyDeadCount))} nearly dead`,
    `${formatCount(sum(layers, ({ saturatedCount }) => saturatedCount))} saturated`,
    formatAmount(
      sum(layers, ({ duplicates }) => duplicates?.length ?? 0),
      'pair of duplicates',
      'pairs of duplicates',
    ),
  ];
  return counts.join(', ');
}

/** A layer that wastes a tenth of its channels could do with fewer of them, or with a smaller learning rate. */
function describeNotableLayers(layers: readonly LayerMetrics[]): string[] {
  const wasteful = layers.filter(({ deadCount, channels }) => deadCount >= manyDead * channels.length && deadCount > 0);
  if (wasteful.length === 0) return [];
  const list = wasteful
    .map(({ name, deadCount, channels }) => `${name}, ${formatCount(deadCount)} of ${formatCount(channels.length)}`)
    .join('; ');
  return [`Many dead channels (the layer could be narrower): ${list}.`];
}

function describeSparsity(layers: readonly LayerMetrics[]): string[] {
  const [first, last] = [layers[0], layers.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const course = assessCourse(layers.map(({ silentFraction }) => silentFraction));
  const span = (read: (layer: LayerMetrics) => number) =>
    `${formatPercent(read(first))} in ${first.name}, ${formatPercent(read(last))} in ${last.name}`;
  return [
    `Channels silent on an image: ${span(({ silentFraction }) => silentFraction)}; ${course}.`,
    `Values at 0 or below: ${span(({ sparsity }) => sparsity)}; ${assessCourse(layers.map(({ sparsity }) => sparsity))}.`,
  ];
}

/** Whether numbers grow from layer to layer. */
function assessCourse(values: readonly number[]): string {
  const change = (values.at(-1) as number) - (values[0] as number);
  const steps = values.slice(1).map((value, index) => value - (values[index] as number));
  if (Math.abs(change) < 0.01) return 'about the same at every depth';
  const isSteady = steps.every((step) => step * change >= 0);
  return `${change > 0 ? 'more' : 'fewer'} with depth${isSteady ? '' : ', though not at every layer'}`;
}

function describeSeparation(layers: readonly LayerMetrics[], classes: readonly ReportedClass[]): string[] {
  if (layers.every(({ separation }) => separation === null)) return [];
  return [...describeDepth(layers), ...describeBest(layers, classes)];
}

/** The final scores of a network separate the classes best, if it learned anything: wanted is a map that does. */
function describeBest(layers: readonly LayerMetrics[], classes: readonly ReportedClass[]): string[] {
  const withMaps = layers.filter(({ shape }) => shape.length > 2);
  const candidates = (withMaps.length > 0 ? withMaps : layers).flatMap(({ name, channels }) =>
    channels.map((channel) => ({ name, channel })),
  );
  const [best] = candidates.sort((a, b) => discriminativePower(b.channel) - discriminativePower(a.channel));
  const discrimination = best && describeDiscrimination(classes, best.channel);
  if (best === undefined || discrimination === undefined) return [];
  const what = withMaps.length > 0 ? 'channel' : 'unit';
  return [`The most discriminative ${what} is ${best.name} #${best.channel.channel}: it ${discrimination}.`];
}

/** How well a channel separates its class from the others: how far the AUC is from guessing, 0 to 0.5. */
export function discriminativePower({ classes, tells }: ChannelMetrics): number {
  return Math.abs(((tells === null ? null : classes[tells]?.auc) ?? 0.5) - 0.5);
}

function describeBroken(layers: readonly LayerMetrics[]): string[] {
  const broken = layers.filter(({ channels }) => channels.some(({ nonFiniteImageCount }) => nonFiniteImageCount > 0));
  if (broken.length === 0) return [];
  return [`NaN or infinite values in ${broken.map(({ name }) => name).join(', ')}: training diverged.`];
}

function sum<Item>(items: readonly Item[], read: (item: Item) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
