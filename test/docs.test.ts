import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

test('the map has one line for every source file, and none for a file that is not there', () => {
  const [, map] = read('docs/architecture.md').split('## The map');
  const mapped: string[] = [];
  let folder = '';
  for (const line of (map as string).split('\n')) {
    folder = line.match(/^### (.+)$/)?.[1] ?? folder;
    const file = line.match(/^- `(.+?\.ts)`: \S/)?.[1];
    if (file) mapped.push(`${folder}/${file}`);
  }

  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path}`);

  expect({
    missing: files.filter((path) => !mapped.includes(path)),
    ghosts: mapped.filter((path) => !files.includes(path)),
    twice: mapped.filter((path, index) => mapped.indexOf(path) !== index),
  }).toEqual({ missing: [], ghosts: [], twice: [] });
});
