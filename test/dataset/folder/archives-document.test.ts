import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ARCHIVE_SHAPES, formatShape } from './archive-shapes.js';

test('the document has a row for each shape that is tried, with what is printed', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/data.md', import.meta.url)), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replace(/ +/g, ' '));
  expect(rows.slice(2)).toEqual(ARCHIVE_SHAPES.map(formatShape));
});
