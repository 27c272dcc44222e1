// The report as rows of a CSV table.

import { formatCsv } from '../base/csv.js';
import type { ChannelMetrics, ChannelReport, LayerMetrics } from './report.js';

/** The report as a CSV table, a line for each channel; an undefined metric is an empty field. */
export function formatChannelCsv({ layers, classes }: ChannelReport): string {
  const perClass = [
    'mean',
    'imageStandardDeviation',
    'firingFraction',
    'firingImageFraction',
    'effectSize',
    'auc',
  ] as const;
  const header = [
    ...['layer', 'kind', 'channel', ...plainColumns, 'duplicates', 'tells', 'strongestImage'],
    ...classes.flatMap(({ className }) => perClass.map((metric) => `${metric}:${className}`)),
  ];
  const rows = layers.flatMap((layer) =>
    layer.channels.map((channel) => [
      layer.name,
      layer.kind,
      channel.channel,
      ...plainColumns.map((metric) => channel[metric]),
      listDuplicates(layer, channel),
      channel.tells === null ? null : (classes[channel.tells]?.className ?? null),
      channel.strongestImage?.path ?? null,
      ...channel.classes.flatMap((metrics) => perClass.map((metric) => metrics[metric])),
    ]),
  );
  return formatCsv([header, ...rows]);
}

const plainColumns = [
  'state',
  'firingFraction',
  'firingImageFraction',
  'mean',
  'standardDeviation',
  'min',
  'max',
  'saturatedFraction',
  'nonFiniteImageCount',
  'aucError',
] as const satisfies (keyof ChannelMetrics)[];

function listDuplicates({ duplicates }: LayerMetrics, { channel }: ChannelMetrics): string | null {
  if (duplicates === null) return null;
  const pairs = duplicates.filter(({ channels }) => channels.includes(channel));
  return pairs.map(({ channels: [a, b] }) => (a === channel ? b : a)).join(' ');
}
