// How a file is changed: a field of its JSON, its bytes, or what it is.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Mulberry32: numbers in 0..1 from a seed. */
export function createRandom(seed) {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = (random, list) => list[Math.floor(random() * list.length)];

const values = (scratch) => [
  ...[null, true, false, 0, -0, 1, -1, 2, 3, 0.5, -5, 2.5, 7, 100, 1e5, 1e9, 2 ** 31, 2 ** 53, 1e308, -1e308],
  ...[
    '',
    'x',
    '3',
    'constructor',
    '__proto__',
    'toString',
    'a\u2028b',
    '\u001b[2J',
    '\ud800',
    'x'.repeat(6000),
    '\0',
    '..',
  ],
  ...[
    '../canary/weights.bin',
    '../canary',
    '../../canary/secret',
    join(scratch, 'canary/weights.bin'),
    '/dev/zero',
    '../../../../../../dev/zero',
  ],
  ...[
    [],
    {},
    [null],
    [[]],
    [0],
    [1, 2, 3],
    ['x', 'x'],
    { a: 1 },
    [1e9, 1e9, 1e9],
    Array(2000).fill(0),
    Array(50).fill({}),
  ],
  JSON.parse(`${'['.repeat(90)}${']'.repeat(90)}`),
];

/** Every place in a JSON value: [parent, key]. */
function listPlaces(value, places = []) {
  if (typeof value !== 'object' || value === null) return places;
  for (const key of Object.keys(value)) {
    places.push([value, key]);
    listPlaces(value[key], places);
  }
  return places;
}

/** @returns what was done, in words */
function mutateJson(path, random, scratch) {
  const isCompressed = path.endsWith('.gz');
  const bytes = isCompressed ? gunzipSync(readFileSync(path)) : readFileSync(path);
  // A shard has its numbers after a line of JSON.
  const end = isCompressed && bytes.includes('\n') ? bytes.indexOf('\n') : bytes.length;
  const json = JSON.parse(bytes.toString('utf8', 0, end));
  const done = [];
  for (let change = random() < 0.8 ? 1 : 3; change > 0; change--) {
    const [parent, key] = pick(random, listPlaces(json)) ?? [];
    if (parent === undefined) break;
    const kind = random();
    if (kind < 0.15) {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      done.push(`without ${key}`);
    } else if (kind < 0.25) {
      if (Array.isArray(parent)) parent.push(structuredClone(parent[key]));
      else parent[pick(random, ['extra', 'constructor', 'length', 'name'])] = structuredClone(parent[key]);
      done.push(`${key} twice`);
    } else if (kind < 0.4 && typeof parent[key] === 'number') {
      parent[key] = pick(random, [parent[key] + 1, parent[key] - 1, -parent[key], parent[key] * 1000, parent[key] / 2]);
      done.push(`${key}: ${parent[key]}`);
    } else if (kind < 0.5) {
      const [other, otherKey] = pick(random, listPlaces(json));
      parent[key] = structuredClone(other[otherKey]);
      done.push(`${key} as ${otherKey}`);
    } else {
      parent[key] = structuredClone(pick(random, values(scratch)));
      done.push(`${key}: ${String(JSON.stringify(parent[key])).slice(0, 60)}`);
    }
  }
  const text = JSON.stringify(json);
  const changed = Buffer.concat([Buffer.from(text), bytes.subarray(end)]);
  writeFileSync(path, isCompressed ? gzipSync(changed) : changed);
  return done.join('; ');
}

function mutateBytes(path, random) {
  let bytes = Buffer.from(readFileSync(path));
  const place = () => Math.floor(random() * bytes.length);
  const kind = pick(random, ['flip', 'cut', 'drop', 'zero', 'repeat', 'insert', 'ones']);
  for (let change = Math.ceil(random() ** 3 * 20); change > 0 && bytes.length > 0; change--) {
    const [from, to] = [place(), place()].sort((a, b) => a - b);
    if (kind === 'flip') bytes[from] ^= 1 << Math.floor(random() * 8);
    else if (kind === 'cut') bytes = bytes.subarray(0, from);
    else if (kind === 'drop') bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(Math.min(to, from + 64))]);
    else if (kind === 'zero') bytes.fill(0, from, Math.min(to, from + 64));
    else if (kind === 'ones') bytes.fill(255, from, Math.min(to, from + 8));
    else if (kind === 'repeat') bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    else bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from([random() * 256]), bytes.subarray(from)]);
  }
  writeFileSync(path, bytes);
  return kind;
}

function mutateFile(path, random, scratch) {
  rmSync(path, { recursive: true });
  // What the call itself names may be a link to anywhere; what that leads to in turn may not.
  const canary = /epoch-|checkpoint|weights|data-|channels\.json/.test(path) ? ['canary'] : [];
  const kind = pick(random, ['missing', 'empty', 'folder', 'pipe', 'device', 'self', 'bomb', 'long', ...canary]);
  if (kind === 'empty') writeFileSync(path, '');
  if (kind === 'folder') mkdirSync(path);
  if (kind === 'pipe') execFileSync('mkfifo', [path]);
  if (kind === 'device') symlinkSync('/dev/zero', path);
  if (kind === 'canary')
    symlinkSync(join(scratch, 'canary', path.endsWith('.json') ? 'model.json' : 'weights.bin'), path);
  if (kind === 'self') symlinkSync(path, path);
  if (kind === 'bomb')
    writeFileSync(path, path.endsWith('.gz') ? gzipSync(Buffer.alloc(60e6, '[')) : Buffer.alloc(20e6, '['));
  if (kind === 'long') writeFileSync(path, `[${'{},'.repeat(1e5)}0]`);
  return kind;
}

/** What lies beside a checkpoint has its checksums in it: without them, or with new ones, a change gets further. */
function mendChecksums(folder, random) {
  const path = join(folder, 'checkpoint.json');
  if (!existsSync(path) || random() < 0.2) return '';
  if (random() < 0.4) {
    rmSync(path, { recursive: true });
    return ', no checkpoint.json';
  }
  try {
    const json = JSON.parse(readFileSync(path, 'utf8'));
    for (const name of Object.keys(json.sha256)) {
      json.sha256[name] = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
    }
    writeFileSync(path, JSON.stringify(json));
    return ', with its checksum';
  } catch {
    return '';
  }
}

/** @returns what was done, in words */
export function mutate(path, random, scratch) {
  const kind = random();
  const isJson = /\.(json|gz)$/.test(path);
  const change =
    kind < 0.08
      ? mutateFile(path, random, scratch)
      : isJson && kind < 0.85
        ? mutateJson(path, random, scratch)
        : mutateBytes(path, random);
  const isWeights = /(model\.json|\.bin)$/.test(path);
  const isReadable = kind >= 0.08;
  return `${change}${isWeights && isReadable ? mendChecksums(dirname(path), random) : ''}`;
}
