// Paths, tables and times in text.

import { relative } from 'node:path';
import stringWidth from 'string-width';
import { escapeText } from '../base/escape.js';

/** A path as short as the working folder allows: below it relative, elsewhere whole. */
export function formatPath(path: string): string {
  const fromHere = relative('', path);
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere;
}

/** A shape as Keras prints it: `(1, 150, 150, 3)`, `(1,)`; null is the open batch dimension. */
export function formatShape(shape: readonly (number | null)[]): string {
  const sizes = shape.map((size) => size ?? 'None').join(', ');
  return shape.length === 1 ? `(${sizes},)` : `(${sizes})`;
}

/** `1.4 MB`, `12 kB`: in thousands, as files are counted */
export function formatBytes(count: number): string {
  return count < 1e6 ? `${Math.ceil(count / 1e3)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** `840 ms`, `8 s`, `12.3 s`, `2:05`, `1:02:05` */
export function formatDuration(durationMs: number): string {
  if (durationMs > 0 && durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${Number((durationMs / 1000).toFixed(1))} s`;
  const seconds = Math.round(durationMs / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/**
 * Lines of a table whose columns are as wide as their widest cell, two blanks apart, without trailing blanks.
 *
 * @param textColumns how many columns begin with text, which stands left; what follows are numbers, which stand right
 */
export function formatTable(
  table: readonly (readonly string[])[],
  textColumns: number = Number.POSITIVE_INFINITY,
): string[] {
  // As they will be shown, which can be longer.
  const rows = table.map((row) => row.map(escapeText));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, terminalWidth(cell));
  }
  const align = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return column < textColumns ? padEnd(cell, width) : blanks(cell, width) + cell;
  };
  return rows.map((row) => row.map(align).join('  ').trimEnd());
}

/** Fills a text with blanks up to a width in columns of the terminal. */
export function padEnd(text: string, width: number): string {
  return text + blanks(text, width);
}

/** How many columns of a terminal a text takes: two for a Chinese character, none for a combining accent. */
export function terminalWidth(text: string): number {
  return stringWidth(text);
}

function blanks(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - terminalWidth(text)));
}
