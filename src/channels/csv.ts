import type { ChannelFigures, ChannelReport, LayerFigures } from './report.js';

/** The report as a table, a line for each channel: RFC 4180, a figure without an answer as an empty field. */
export function formatCsv({ layers, classes }: ChannelReport): string {
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
    ...classes.flatMap(({ className }) => perClass.map((figure) => `${figure}:${className}`)),
  ];
  const rows = layers.flatMap((layer) =>
    layer.channels.map((channel) => [
      layer.name,
      layer.kind,
      channel.channel,
      ...plainColumns.map((figure) => channel[figure]),
      listDuplicates(layer, channel),
      channel.tells === null ? null : (classes[channel.tells]?.className ?? null),
      channel.strongestImage?.path ?? null,
      ...channel.classes.flatMap((figures) => perClass.map((figure) => figures[figure])),
    ]),
  );
  return [header, ...rows].map((row) => `${row.map(formatField).join(',')}\r\n`).join('');
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
] as const satisfies (keyof ChannelFigures)[];

function listDuplicates({ duplicates }: LayerFigures, { channel }: ChannelFigures): string | null {
  if (duplicates === null) return null;
  const pairs = duplicates.filter(({ channels }) => channels.includes(channel));
  return pairs.map(({ channels: [a, b] }) => (a === channel ? b : a)).join(' ');
}

function formatField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
