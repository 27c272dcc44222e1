// Prints the map of the source: one line a file, from its own first words. `npm run map`, or `npm run map -- src/runs`.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The source files of a folder and of those below it, as paths from the root of the repository. */
export function listSources(folder = 'src') {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .sort();
}

/**
 * What a file is for: its opening `//` comment; else the doc comment of what it is named after; else its first doc comment.
 * The first sentence of it, undefined where there is none.
 */
export function describeSource(path, text = readFileSync(join(root, path), 'utf8')) {
  const opening = text.match(/^(?:import[^;]*;\n|\n)*((?:\/\/ .*\n)+)/)?.[1];
  const name = basename(path, '.ts') === 'index' ? basename(dirname(path)) : basename(path, '.ts');
  const symbol = name.replaceAll('-', '');
  const documented = [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )?[\w ]*?(\w+)\b *[(<:={]/g)];
  const own = documented.find(([, , exported]) => exported.toLowerCase() === symbol);
  const comment =
    opening?.replaceAll(/^\/\/ /gm, '') ?? own?.[1] ?? documented[0]?.[1] ?? text.match(/\/\*\*([\s\S]*?)\*\//)?.[1];
  const words = comment
    ?.replaceAll(/^\s*\* ?/gm, '')
    .split(/\n\s*\n|\n@/)[0]
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words?.match(/^.*?[.:;](?= [A-Z{]|$)/)?.[0].replace(/[.:;]$/, '') ?? words;
}

function printMap(folder) {
  let room = '';
  for (const path of listSources(folder)) {
    if (dirname(path) !== room) {
      room = dirname(path);
      console.log(`\n${room}`);
    }
    console.log(`  ${basename(path).padEnd(28)} ${describeSource(path)}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) printMap(process.argv[2]?.replace(/\/$/, ''));
