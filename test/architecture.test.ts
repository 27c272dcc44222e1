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

const importTable = 'This file may not import that';

/** Path, code, and what the linter must say of it. */
const violations: [path: string, code: string, finding: string][] = [
  ['src/plane.ts', "import '../bench/x.js';", importTable],
  ['src/raster.ts', "import './dataset/scan.js';", importTable],
  ['src/random.ts', "import 'sharp';", importTable],
  ['src/backend/a.ts', "import '../model/a.js';", importTable],
  ['src/backend/b.ts', "import 'yauzl';", importTable],
  ['src/backend/native/a.ts', "import '../../model/a.js';", importTable],
  ['src/backend/wasm/a.ts', "import 'yauzl';", importTable],
  ['src/dataset/scan.ts', "import 'sharp';", importTable],
  ['src/dataset/decode.ts', "import '../backend/tensors.js';", importTable],
  ['src/dataset/cache.ts', "import '@tensorflow/tfjs';", importTable],
  ['src/model/a.ts', "import '../graph/a.js';", importTable],
  ['src/model/b.ts', "import '../dataset/scan.js';", importTable],
  ['src/model/c.ts', "import '@tensorflow/tfjs';", importTable],
  ['src/model/run.ts', "import 'valibot';", importTable],
  ['src/graph/a.ts', "import '../training/loop.js';", importTable],
  ['src/graph/layers/a.ts', "import '../../training/loop.js';", importTable],
  ['src/graph/b.ts', "import '@tensorflow/tfjs-node';", importTable],
  ['src/training/a.ts', "import '../workflows/train.js';", importTable],
  ['src/training/b.ts', "import '../rendering/png.js';", importTable],
  ['src/evaluation/a.ts', "import '../training/loop.js';", importTable],
  ['src/evaluation/b.ts', "import '../backend/tensors.js';", importTable],
  ['src/activations/a.ts', "import '../rendering/png.js';", importTable],
  ['src/activations/b.ts', "import '../training/loop.js';", importTable],
  ['src/channels/a.ts', "import '../plane.js';", importTable],
  ['src/channels/b.ts', "import '../backend/tensors.js';", importTable],
  ['src/explain/a.ts', "import '../rendering/png.js';", importTable],
  ['src/explain/b.ts', "import '../backend/tensors.js';", importTable],
  ['src/rendering/a.ts', "import '../activations/capture.js';", importTable],
  ['src/rendering/b.ts', "import '../backend/tensors.js';", importTable],
  ['src/rendering/c.ts', "import 'pngjs';", importTable],
  ['src/rendering/resize.ts', "import 'sharp';", importTable],
  ['src/sample/a.ts', "import '../dataset/scan.js';", importTable],
  ['src/report/a.ts', "import '../activations/capture.js';", importTable],
  ['src/report/b.ts', "import '../backend/tensors.js';", importTable],
  ['src/report/c.ts', "import 'vega';", importTable],
  ['src/report/html/a.ts', "import '../../activations/capture.js';", importTable],
  ['src/report/html/client/a.ts', "import '../../../model/run.js';", importTable],
  ['src/report/charts/curves-chart.ts', "import '@resvg/resvg-wasm';", importTable],
  ['src/report/charts/a.ts', "import '../../training/loop.js';", importTable],
  ['src/workflows/a.ts', "import '../cli/main.js';", importTable],
  ['src/workflows/b.ts', "import 'chalk';", importTable],
  ['src/cli/a.ts', "import '../training/loop.js';", importTable],
  ['src/cli/b.ts', "import 'chalk';", importTable],
  ['src/cli/c.ts', "import 'cli-progress';", importTable],
  ['src/cli/d.ts', "import '@tensorflow/tfjs';", importTable],
  ['src/cli/commands/a.ts', "import '../../model/a.js';", importTable],
  ['src/newcomer/a.ts', "import './b.js';", importTable],
  // every way to write an import
  ['src/rendering/named.ts', "import { capture } from '../activations/capture.js';\ncapture();", importTable],
  ['src/rendering/type.ts', "import type { A } from '../activations/a.js';\nexport const a: A = 1;", importTable],
  ['src/rendering/reexport.ts', "export { a } from '../activations/a.js';", importTable],
  ['src/rendering/dynamic.ts', "export const a = await import('../activations/a.js');", importTable],
  ['src/rendering/import-type.ts', "export type A = import('../activations/a.js').A;", importTable],
  ['src/rendering/require.ts', "export const a = require('sharp');", importTable],
  ['src/rendering/detour.ts', "import './../activations/a.js';", importTable],
  // other rules
  ['src/model/console.ts', "console.log('trained');", 'lint/suspicious/noConsole'],
  ['src/model/stdout.ts', "process.stdout.write('trained');", 'Only cli/ prints'],
  ['src/model/stderr.ts', "process.stderr.write('trained');", 'Only cli/ prints'],
  ['src/model/process.ts', "import { stdout } from 'node:process';\nstdout.write('trained');", 'Only cli/ prints'],
  ['src/cli/exit.ts', 'process.exit(1);', 'lint/nursery/noProcessExit'],
  ['src/model/cycle-a.ts', "export * from './cycle-b.js';", 'lint/suspicious/noImportCycles'],
  ['src/model/cycle-b.ts', "export * from './cycle-a.js';\nexport const b = 1;", 'lint/suspicious/noImportCycles'],
  [
    'src/model/type-cycle-a.ts',
    "export type { B } from './type-cycle-b.js';\nexport type A = 1;",
    'lint/suspicious/noImportCycles',
  ],
  [
    'src/model/type-cycle-b.ts',
    "import type { A } from './type-cycle-a.js';\nexport type B = A;",
    'lint/suspicious/noImportCycles',
  ],
  ['src/model/long.ts', 'export {};\n'.repeat(251), 'lint/style/noExcessiveLinesPerFile'],
  [
    'src/model/long-function.ts',
    `export function long() {\n${'  Math.random();\n'.repeat(61)}}`,
    'lint/complexity/noExcessiveLinesPerFunction',
  ],
  ['src/model/CamelCase.ts', 'export {};', 'lint/style/useFilenamingConvention'],
  [
    'src/model/promise.ts',
    'async function save() {}\nexport function end() {\n  save();\n}',
    'lint/nursery/noFloatingPromises',
  ],
  ['src/backend/undeclared.ts', "import '@tensorflow/tfjs-vis';", 'lint/correctness/noUndeclaredDependencies'],
];

const allowed: [path: string, code: string][] = [
  ['src/good.ts', "import './errors.js';\nimport 'node:fs/promises';"],
  ['src/backend/select.ts', "import './native/load.js';\nimport '@tensorflow/tfjs';\nimport '../errors.js';"],
  ['src/backend/native/unpack.ts', "import 'yauzl';\nimport '../tensors.js';\nimport '../../errors.js';"],
  ['src/dataset/decode-image.ts', "import 'sharp';\nimport '../raster.js';"],
  ['src/graph/layers/conv2d.ts', "import '../ops.js';\nimport '../../backend/tensors.js';"],
  ['src/training/loop.ts', "import '../dataset/batch.js';\nimport '../graph/compile.js';"],
  ['src/model/store.ts', "import '../files.js';\nimport '../backend/tensors.js';"],
  ['src/activations/capture.ts', "import '../plane.js';\nimport '../model/network.js';"],
  ['src/explain/grad-cam.ts', "import '../plane.js';\nimport '../model/scores.js';"],
  ['src/rendering/png.ts', "import 'pngjs';\nimport '../raster.js';"],
  ['src/rendering/jpeg.ts', "import 'sharp';"],
  ['src/report/html/page.ts', "import '../summary.js';\nimport '../../rendering/colormap.js';"],
  ['src/report/html/client/main.ts', "import '../page-data.js';\nimport '../../../rendering/enlarge.js';"],
  ['src/sample/draw.ts', "import '../random.js';\nimport '../rendering/png.js';"],
  ['src/report/write.ts', "import '../files.js';\nimport '../rendering/png.js';"],
  ['src/report/charts/draw-chart.ts', "import 'vega';\nimport 'vega-lite';\nimport '../../raster.js';"],
  ['src/workflows/train.ts', "import '../training/loop.js';\nimport '../random.js';"],
  ['src/index.ts', "export * from './workflows/train.js';"],
  ['src/cli/main.ts', "import './program.js';\nconsole.log(1);\nprocess.stdout.write('');\nprocess.exit(1);"],
  ['src/cli/terminal.ts', "import 'chalk';"],
  ['src/cli/program.ts', "import 'commander';\nimport '../workflows/train.js';"],
  ['test/anything.test.ts', "import 'vitest';\nimport '../src/cli/main.js';\nconsole.log(1);"],
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
