import { expect, test } from 'vitest';
import { type CsvCell, formatCsv } from '../../src/base/csv.js';

const field = (cell: CsvCell) => formatCsv([[cell]], '\n').slice(0, -1);

test('a table is RFC 4180: rows end with CR LF, cells with commas, quotes or line ends are quoted', () => {
  const rows = [
    ['path', 'class', 'probability'],
    ['a, b.jpg', 'the "best"', 0.5],
    ['two\nlines', null, -3e-7],
  ];
  expect(formatCsv(rows)).toBe('path,class,probability\r\n"a, b.jpg","the ""best""",0.5\r\n"two\nlines",,-3e-7\r\n');
});

test('text that spreadsheets take for a formula gets an apostrophe, and is quoted where it has to be', () => {
  expect(field("=cmd|' /C calc'!A0")).toBe("'=cmd|' /C calc'!A0");
  expect(['+1+1', '-2+3', '@SUM(A1)', '\tx'].map(field)).toEqual(["'+1+1", "'-2+3", "'@SUM(A1)", "'\tx"]);
  expect(field('\r=1')).toBe('"\'\r=1"');
  expect(field('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"');
  expect(field('=')).toBe("'=");
});

test('numbers stay numbers, and other text stays as it is', () => {
  const numbers = [-1, -0.5, -1e-9, 1e21, 0, Number.NaN, Number.NEGATIVE_INFINITY];
  expect(numbers.map(field)).toEqual(['-1', '-0.5', '-1e-9', '1e+21', '0', 'NaN', '-Infinity']);
  expect(['-1', '+.5', '-2.5e-3', "it's", 'a=b', '1-2', ''].map(field)).toEqual([
    ...['-1', '+.5', '-2.5e-3', "it's", 'a=b', '1-2', ''],
  ]);
});
