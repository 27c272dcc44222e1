// Writes a run's history as CSV and JSON for other programs.

import { formatCsv } from '../base/csv.js';
import type { EpochMetrics, History } from './history.js';

/** The names of the files in a run's folder that other programs read its history from. */
export const HISTORY_FILES = ['history.csv', 'history.json'] as const;

const COLUMNS: readonly [name: string, key: keyof EpochMetrics][] = [
  ['loss', 'loss'],
  ['accuracy', 'acc'],
  ['val_loss', 'val_loss'],
  ['val_accuracy', 'val_acc'],
  ['learning_rate', 'learning_rate'],
];

/**
 * A run's history as a table: a row an epoch, under Keras's names, as CSV with a header and as a JSON list of objects. Where
 * there was no validation its columns are missing; a value that is not a number is NaN in CSV and null in JSON.
 *
 * @param seconds of each epoch; absent or null where that is not known
 */
export function encodeHistory(
  history: History,
  seconds: readonly (number | null)[],
): Record<(typeof HISTORY_FILES)[number], string> {
  const columns = COLUMNS.filter(([, key]) => history[key] !== undefined);
  const rows = (history.loss ?? []).map((_, index) => ({
    epoch: index + 1,
    ...Object.fromEntries(columns.map(([name, key]) => [name, history[key]?.[index] ?? null])),
    seconds: seconds[index] ?? null,
  }));
  const header = ['epoch', ...columns.map(([name]) => name), 'seconds'];
  const lines = [header, ...rows.map((row) => Object.values(row))];
  return {
    'history.csv': formatCsv(lines, '\n'),
    'history.json': `[${rows.map((row) => `\n  ${JSON.stringify(row)}`).join(',')}\n]\n`,
  };
}
