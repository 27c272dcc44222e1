// Prints a summary in the columns of Keras 2's `model.summary()`.

import { formatCount } from '../../base/counts.js';
import { formatNumber } from '../../base/numbers.js';
import { formatShape, formatTable, padEnd, terminalWidth } from '../../cli/format.js';
import { measureSide, type SideMeasures } from '../../engines/contract/receptive-field.js';
import { suggestCuts } from '../../network/cut-places.js';
import type { SummaryClass, SummaryResult } from './index.js';

/** Where Keras 2's `model.summary()` ends its columns; names and shapes that need more room get it. */
const columnEnds = [29, 55, 65];

/** The table of Keras 2's `model.summary()`, as the book and the article print it. */
export function formatSummary(summary: SummaryResult): string[] {
  const { layers, parameterCount, trainableParameterCount, classes = [] } = summary;
  const rows = layers.map(({ name, kind, outputShape, parameterCount: count }) => [
    `${name} (${kind})`,
    formatShape(outputShape),
    String(count),
  ]);
  const header = ['Layer (type)', 'Output Shape', 'Param #'];
  const widths = columnEnds.map((end, column) => {
    const needed = Math.max(...[header, ...rows].map((row) => terminalWidth(row[column] ?? '')));
    return Math.max(end - (columnEnds[column - 1] ?? 0), needed + 1);
  });
  const lineLength = widths.reduce((sum, width) => sum + width, 0);
  const [thin, thick] = ['_'.repeat(lineLength), '='.repeat(lineLength)];
  const format = (row: string[]) =>
    row
      .map((cell, column) => padEnd(cell, widths[column] ?? 0))
      .join('')
      .trimEnd();
  return [
    thin,
    format(header),
    thick,
    ...rows.flatMap((row, index) => [format(row), index === rows.length - 1 ? thick : thin]),
    `Total params: ${formatCount(parameterCount)}`,
    `Trainable params: ${formatCount(trainableParameterCount)}`,
    `Non-trainable params: ${formatCount(parameterCount - trainableParameterCount)}`,
    thin,
    ...(classes.length === 0 ? [] : [`Classes: ${listClasses(classes)}`]),
    ...listCuts(summary),
    ...listFields(summary),
  ];
}

/** What the cells of each layer see: how many pixels, how far apart their middles lie, and which pixels any of them sees. */
function listFields({ receptiveFields }: SummaryResult): string[] {
  if (receptiveFields === undefined) return [];
  const rows = receptiveFields.map(({ name, kind, shape: [height, width], field }) => {
    const maps = `${height ?? 'any'} x ${width ?? 'any'}`;
    if (field === null) return [`${name} (${kind})`, maps, height && width ? 'may see everything' : 'the size is open'];
    const sides = [measureSide(field.rows), measureSide(field.columns)] as const;
    const pair = (text: (side: SideMeasures) => string) => {
      const [rowText, columnText] = [text(sides[0]), text(sides[1])];
      return rowText === columnText ? rowText : `${rowText} x ${columnText}`;
    };
    return [
      `${name} (${kind})`,
      maps,
      `${sides[0].extent} x ${sides[1].extent}`,
      pair(({ step }) => (step === null ? '-' : formatNumber(step))),
      pair(({ from, to }) => (to > from ? `${from} to ${to - 1}` : 'none')),
    ];
  });
  const header = ['Layer (type)', 'Maps', 'A cell sees', 'Step', 'Pixels that any cell sees'];
  return ['', ...formatTable([header, ...rows])];
}

/** From so many layers with maps on, where to cut is a question. */
const manyMaps = 25;

/** Where a large network could be cut for another head. */
function listCuts({ layers }: SummaryResult): string[] {
  const places = layers
    .filter(({ kind, outputShape }) => outputShape.length === 4 && kind !== 'InputLayer')
    .map(({ name, kind, outputShape }) => ({ name, kind, shape: outputShape.slice(1).map((size) => size ?? 0) }));
  return places.length < manyMaps ? [] : [`Places for train --cut: ${suggestCuts(places).join(', ')}`];
}

/** `0 cats (train 1,000, validation 500), 1 dogs (...)` */
function listClasses(classes: readonly SummaryClass[]): string {
  const described = classes.map(({ name, trainCount, validationCount }, index) => {
    const counts = [
      ...(trainCount === undefined ? [] : [`train ${formatCount(trainCount)}`]),
      ...(validationCount === undefined ? [] : [`validation ${formatCount(validationCount)}`]),
    ];
    return `${index} ${name}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`;
  });
  return described.join(', ');
}
