import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { texts } from '../../src/page/texts/en.js';
import { averages } from '../../src/page/texts/en-averages.js';
import { written } from '../../src/page/texts/en-written.js';

/** Whose entries are chosen by a name that is only known as the page is read. */
const chosen = ['inputChannels', 'missing', 'preprocessing'];

/** The keys that lead to each text. */
function listKeys(table: object): string[] {
  return Object.entries(table).flatMap(([key, value]) =>
    typeof value !== 'object' || Array.isArray(value) || chosen.includes(key) ? [key] : listKeys(value),
  );
}

/** The sources of a part of the page, without its texts. */
function readSources(isPart: (name: string) => boolean): string {
  const folder = 'src/page';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('texts') && isPart(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

const isClient = (name: string) => name.startsWith('client');

const listUnread = (table: object, sources: string) =>
  [...new Set(listKeys(table))].filter((key) => !new RegExp(`\\b${key}\\b`).test(sources));

it('every text has a reader', () => {
  const client = readSources(isClient);
  const server = readSources((name) => !isClient(name));
  expect(listUnread(texts, client + server)).toEqual([]);
  expect(listUnread({ averages, written }, server)).toEqual([]);
});

it('the script of a page does not carry what is written once', () => {
  expect(readSources(isClient)).not.toContain('en-written');
});

it('names cells by column and row, counted from 0, and says which are not a number', () => {
  const describe = (...values: (number | null)[]) =>
    texts.time
      .evidenceOf('cats', 'a.png', 'epoch 1 of 2', values, 2)
      .replace('Evidence for cats in a.png, epoch 1 of 2: ', '');
  expect(describe(0, 0, 0, 2)).toBe('most for it in column 1, row 1 (2); counted from 0');
  expect(describe(0, 0, 0, 0)).toBe('none for or against it');
  expect(describe(null, null, null, null)).toBe('not a number in 4 of 4 cells');
  expect(describe(null, 0, 0, 0)).toBe('not a number in 1 of 4 cells; none for or against it');
  expect(describe(null, null, -1, -2)).toBe(
    'not a number in 2 of 4 cells; most against it in column 1, row 1 (−2); counted from 0',
  );
});

it('names a row of a map so that it is found', () => {
  const name = (index: number) =>
    averages.strongest(
      'cats',
      { inLine: 3, over: { imageCount: 4, isOfPredicted: false } },
      { isRow: true, index, lineCount: 14 },
    );
  expect(name(0)).toBe('3 of 4 images have their strongest evidence for cats in the top row.');
  expect(name(10)).toBe(
    '3 of 4 images have their strongest evidence for cats in row 10 of 14 (from the top, counted from 0).',
  );
});
