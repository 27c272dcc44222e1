// Holds the imports of src against the table of rooms, types counted. As a program: prints what breaks it and exits 1;
// --write brings the table in docs/architecture.md up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOMS } from './rooms.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const IMPORT = /\b(?:from|import|require)\b\s*\(?\s*'([.@a-z][^'\s,]*)'/g;

/** Patterns that were asked for before, as regular expressions: each is asked of every file. */
const shapes = new Map();

/** @param {string} pattern a room such as `commands/*` + `/`, or files such as `runs/*-schema.ts` */
function matches(pattern, path) {
  const place = pattern.endsWith('/') ? `${pattern}[^/]+` : pattern;
  if (!shapes.has(pattern)) {
    shapes.set(pattern, new RegExp(`^${place.replaceAll('.', '\\.').replaceAll(/(?<!\^)\*/g, '[^/]*')}$`));
  }
  return shapes.get(pattern).test(path);
}

/** The room of a file, `''` for those directly in src. */
const roomOf = (path) => dirname(path).replace(/^\.$/, '');

/**
 * @param {Map<string, string>} sources code by path below src
 * @returns {string[]} one line for each import that no row permits, file without a room, unused permit and circle of rooms
 */
export function checkRooms(sources, rooms = ROOMS) {
  const findings = [];
  const used = new Set();
  const edges = new Map();
  for (const [path, code] of sources) {
    const rows = findRows(path, rooms);
    if (rows.length === 0) findings.push(`${path}: its folder has no row in scripts/lint/rooms.mjs`);
    for (const [, specifier] of code.replaceAll(/^\s*(?:\/\/|\*).*$/gm, '').matchAll(IMPORT)) {
      if (specifier.startsWith('node:')) continue;
      const isOwn = specifier.startsWith('.');
      const target = isOwn ? roomOf(posix.normalize(join(dirname(path), specifier))) : specifier;
      if (isOwn && (target === 'base' || (target === roomOf(path) && target !== ''))) continue;
      const permits = (permit) =>
        isOwn ? permit === '*' || matches(permit, target) : specifier === permit || specifier.startsWith(`${permit}/`);
      const permitsOf = ([, , imports, packages = []]) => (isOwn ? imports : packages);
      const row = rows.find((each) => permitsOf(each).some(permits));
      if (row === undefined) findings.push(`${path}: may not import ${specifier} (scripts/lint/rooms.mjs)`);
      else used.add(`${row[0]} ${permitsOf(row).find(permits)}`);
      if (isOwn && roomOf(path) !== '') edges.set(roomOf(path), new Set([...(edges.get(roomOf(path)) ?? []), target]));
    }
  }
  for (const [place, , imports, packages = []] of rooms) {
    for (const permit of [...imports, ...packages]) {
      if (!used.has(`${place} ${permit}`)) findings.push(`${place} does not use its permit to import ${permit}`);
    }
  }
  return [...findings, ...findCircles(edges)];
}

/** The rows for a file: a room that has a row of its own is not described by a pattern. */
function findRows(path, rooms) {
  const rows = rooms.filter(([place]) => matches(place, path));
  const isDescribed = rows.some(([place, holds]) => holds !== '' && !place.includes('*'));
  return rows.filter(([place, holds]) => !isDescribed || holds === '' || !place.includes('*'));
}

function findCircles(edges) {
  const done = new Set();
  const circles = [];
  const visit = (room, path) => {
    if (path.includes(room))
      circles.push(`a circle of rooms: ${[...path.slice(path.indexOf(room)), room].join(' -> ')}`);
    if (done.has(room) || path.includes(room)) return;
    for (const next of edges.get(room) ?? []) visit(next, [...path, room]);
    done.add(room);
  };
  for (const room of edges.keys()) visit(room, []);
  return circles;
}

export function readSources() {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, 'src', path), 'utf8')]));
}

/** The table for people, as a Markdown list. */
function formatRooms() {
  const name = (room) => (room === '*' ? 'everything' : `\`${room || 'program.ts'}\``);
  return ROOMS.filter(([, holds]) => holds !== '')
    .map(([place, holds, imports]) => {
      const may = imports.length === 0 ? '' : `; imports ${imports.map(name).join(', ')}`;
      return `- \`${place}\`: ${holds}${may}`;
    })
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = join(root, 'docs', 'architecture.md');
  const text = readFileSync(document, 'utf8');
  const current = text.replace(
    /(<!-- rooms -->\n)[\s\S]*?(\n<!-- end of rooms -->)/,
    (_, start, end) => `${start}\n${formatRooms()}\n${end}`,
  );
  if (process.argv.includes('--write')) writeFileSync(document, current);
  const findings = checkRooms(readSources());
  if (current !== text && !process.argv.includes('--write'))
    findings.push('docs/architecture.md: its table of rooms is old; run npm run rooms');
  for (const finding of findings) console.error(finding);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
