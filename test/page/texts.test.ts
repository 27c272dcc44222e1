import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { texts } from '../../src/page/texts/en.js';

/** Whose entries are chosen by a name that is only known as the page is read. */
const chosen = ['inputChannels', 'missing', 'preprocessing'];

/** The keys that lead to each text. */
function listKeys(table: object): string[] {
  return Object.entries(table).flatMap(([key, value]) =>
    typeof value !== 'object' || Array.isArray(value) || chosen.includes(key) ? [key] : listKeys(value),
  );
}

it('every text has a reader', () => {
  const folder = 'src/page';
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('texts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const unread = [...new Set(listKeys(texts))].filter((key) => !new RegExp(`\\b${key}\\b`).test(sources));
  expect(unread).toEqual([]);
});
