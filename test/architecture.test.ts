import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

// Every rule of the linter is shown a violation, so that none can go silently green: a table that matches nothing (a
// renamed folder, a pattern broken by an upgrade) looks just like a clean tree.
const root = fileURLToPath(new URL('..', import.meta.url));
// A clone may lie below a folder called src; the table must not take that for ours.
const copy = join(mkdtempSync(join(tmpdir(), 'cnnviz-lint-')), 'src', 'clone');

afterAll(() => rmSync(join(copy, '..', '..'), { recursive: true, force: true }));

/** Path, code, and what the linter must say of it. */
const violations: [path: string, code: string, finding: string][] = [
  ['src/runs/console.ts', "console.log('trained');", 'lint/suspicious/noConsole'],
  ['src/runs/stdout.ts', "process.stdout.write('trained');", 'Only cli/ prints'],
  ['src/runs/stderr.ts', "process.stderr.write('trained');", 'Only cli/ prints'],
  ['src/runs/process.ts', "import { stdout } from 'node:process';\nstdout.write('trained');", 'Only cli/ prints'],
  ['src/cli/exit.ts', 'process.exit(1);', 'lint/nursery/noProcessExit'],
  ['src/runs/cycle-a.ts', "export * from './cycle-b.js';", 'lint/suspicious/noImportCycles'],
  ['src/runs/cycle-b.ts', "export * from './cycle-a.js';\nexport const b = 1;", 'lint/suspicious/noImportCycles'],
  [
    'src/runs/type-cycle-a.ts',
    "export type { B } from './type-cycle-b.js';\nexport type A = 1;",
    'lint/suspicious/noImportCycles',
  ],
  [
    'src/runs/type-cycle-b.ts',
    "import type { A } from './type-cycle-a.js';\nexport type B = A;",
    'lint/suspicious/noImportCycles',
  ],
  ['src/runs/long.ts', 'export {};\n'.repeat(251), 'lint/style/noExcessiveLinesPerFile'],
  [
    'src/runs/long-function.ts',
    `export function long() {\n${'  Math.random();\n'.repeat(61)}}`,
    'lint/complexity/noExcessiveLinesPerFunction',
  ],
  ['src/runs/CamelCase.ts', 'export {};', 'lint/style/useFilenamingConvention'],
  [
    'src/runs/promise.ts',
    'async function save() {}\nexport function end() {\n  save();\n}',
    'lint/nursery/noFloatingPromises',
  ],
  ['src/backend/undeclared.ts', "import '@tensorflow/tfjs-vis';", 'lint/correctness/noUndeclaredDependencies'],
];

const allowed: [path: string, code: string][] = [
  ['src/cli/terminal.ts', "console.log(1);\nprocess.stdout.write('');"],
  ['src/main.ts', "process.stderr.write('');\nprocess.exit(1);"],
  ['src/runs/type.ts', "import type { A } from '../cli/terminal.js';\nexport const a: A = 1;"],
  ['test/anything.test.ts', "import 'vitest';\nconsole.log(1);"],
];

interface LintReport {
  diagnostics: { category: string; message: string; location: { path: string } }[];
}

function lint(): LintReport {
  for (const name of ['biome.json', 'package.json', '.gitignore', 'scripts/lint']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  for (const [path, code] of [...violations, ...allowed]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), `${code}\n`);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
  try {
    return JSON.parse(execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' }));
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

test('the linter finds every planted violation, and nothing wrong with what is allowed', () => {
  const { diagnostics } = lint();
  const findings = (path: string) =>
    diagnostics
      .filter(({ location }) => location.path === path)
      .map(({ category, message }) => `${category}: ${message}`);

  const missed = violations.filter(([path, , finding]) => !findings(path).some((found) => found.includes(finding)));
  const wronglyFound = allowed.flatMap(([path]) => findings(path).map((found) => `${path}: ${found}`));

  expect({ missed: missed.map(([path]) => path), wronglyFound }).toEqual({ missed: [], wronglyFound: [] });
});

type Room = [place: string, holds: string, imports: string[], packages?: string[]];
const { checkRooms, readSources } = (await import(
  new URL('../scripts/lint/check-rooms.mjs', import.meta.url).href
)) as {
  checkRooms(sources: Map<string, string>, rooms?: Room[]): string[];
  readSources(): Map<string, string>;
};

const sources = readSources();

/** What is found in one file that is added to the tree. */
function findingsOf(path: string, code: string): string[] {
  const findings = checkRooms(new Map([...sources, [path, code]]));
  return findings.filter((finding) => finding.startsWith(path) || finding.startsWith('a circle'));
}

test.each([
  ['base/a.ts', "import '../disk/files.js';"],
  ['base/b.ts', "import 'sharp';"],
  ['backend/native/a.ts', "import '../../network/build.js';"],
  ['backend/tfjs/a.ts', "import 'yauzl';"],
  ['dataset/decode/decode.ts', "import 'sharp';"],
  ['dataset/stream/a.ts', "import '../../runs/run.js';"],
  ['engines/graph/layers/a.ts', "import '../train.js';"],
  ['engines/contract/a.ts', "import '../open-network.js';"],
  ['engines/graph/a.ts', "import '@tensorflow/tfjs-node';"],
  ['runs/run.ts', "import 'valibot';"],
  ['runs/a.ts', "import '../training/loop.js';"],
  ['evaluation/a.ts', "import '../backend/tfjs/tensors.js';"],
  ['rendering/resize.ts', "import 'sharp';"],
  ['page/a.ts', "import '../runs/run.js';"],
  ['page/client/a.ts', "import '../../runs/run.js';"],
  ['output/charts/curves-chart.ts', "import 'vega';"],
  ['commands/shared/a.ts', "import '../train/index.js';"],
  ['commands/shared/b.ts', "import '../../training/loop.js';"],
  ['commands/explain/a.ts', "import '../train/index.js';"],
  ['commands/explain/index.ts', "import '../../cli/terminal.js';"],
  ['commands/explain/b.ts', "import 'commander';"],
  ['cli/a.ts', "import '../commands/shared/events.js';"],
  ['cli/b.ts', "import 'chalk';"],
  ['program.ts', "import './training/loop.js';"],
  ['newcomer/a.ts', "import './b.js';"],
  // every way to write an import
  ['rendering/named.ts', "import { capture } from '../activations/capture.js';\ncapture();"],
  ['rendering/several-lines.ts', "import {\n  capture,\n} from '../activations/capture.js';\ncapture();"],
  ['rendering/type.ts', "import type { A } from '../activations/a.js';\nexport const a: A = 1;"],
  ['rendering/reexport.ts', "export { a } from '../activations/a.js';"],
  ['rendering/dynamic.ts', "export const a = await import('../activations/a.js');"],
  ['rendering/import-type.ts', "export type A = import('../activations/a.js').A;"],
  ['rendering/require.ts', "export const a = require('sharp');"],
  ['rendering/detour.ts', "import './../activations/a.js';"],
])('%s may not hold: %s', (path, code) => {
  expect(findingsOf(path, code)).not.toEqual([]);
});

test.each([
  ['base/a.ts', "import './errors.js';\nimport 'node:fs/promises';"],
  ['dataset/decode/decode-sharp.ts', "import 'sharp';\nimport '../../base/raster.js';"],
  ['engines/graph/train.ts', "import './layers/dense.js';\nimport '../contract/trainer.js';"],
  ['commands/explain/cli-result.ts', "import '../../cli/terminal.js';"],
  ['index.ts', "export * from './commands/train/index.js';\nexport * from './rendering/png.js';"],
  ['rendering/comment.ts', "// import 'sharp';\n/**\n * import '../runs/run.js'\n */"],
])('%s may hold: %s', (path, code) => {
  expect(findingsOf(path, code)).toEqual([]);
});

test('a permit that nobody uses is found, and a circle of rooms, whatever the table permits', () => {
  const rooms: Room[] = [
    ['a/', 'one', ['b', 'c'], ['sharp']],
    ['b/', 'another', ['a']],
  ];
  const circle = new Map([
    ['a/x.ts', "import type { Y } from '../b/y.js';"],
    ['b/y.ts', "import type { X } from '../a/x.js';"],
  ]);

  expect(checkRooms(circle, rooms)).toEqual([
    'a/ does not use its permit to import c',
    'a/ does not use its permit to import sharp',
    'a circle of rooms: a -> b -> a',
  ]);
});
