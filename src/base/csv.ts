// A table as CSV, safe to open in a spreadsheet.

/** A cell of a CSV table; null is an empty one. */
export type CsvCell = string | number | null;

/**
 * A table as CSV (RFC 4180).
 *
 * Spreadsheets take a cell for a formula that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, quoted or not, and
 * folder and file names are what somebody else chose. Such *text* gets an apostrophe in front, by which spreadsheets show it
 * as it is (OWASP, "CSV Injection"); a program that reads the table takes that one character off again. Numbers stay
 * numbers, also negative ones, as does text that consists of a number.
 *
 * @param lineEnd of every row, the last one too
 */
export function formatCsv(rows: readonly (readonly CsvCell[])[], lineEnd: '\r\n' | '\n' = '\r\n'): string {
  return rows.map((row) => `${row.map(formatCell).join(',')}${lineEnd}`).join('');
}

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function formatCell(cell: CsvCell): string {
  if (cell === null) return '';
  const text = String(cell);
  const isFormula = typeof cell === 'string' && FORMULA.test(text) && !NUMBER.test(text);
  const shown = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
