// Breaks the program in small ways, one at a time, and runs the tests that reach the broken file: a mutant that no test
// notices is either no change of behavior or a missing test. Works on a copy of the tree; the built program is not tried.
//
//   npm run mutants -- src/rendering src/explain --count 60 --seed 1
//   npm run mutants -- src/runs/latest.ts --slow     with all tests that reach the file
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findMutants } from './mutants/find-mutants.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    /** seconds that the tests may take with one mutant before it counts as one that hangs */
    limit: { type: 'string', default: '300' },
    /** whether what the quick tests do not notice is shown to the slow ones that reach the file: minutes a mutant */
    slow: { type: 'boolean', default: false },
  },
});
const scratch = mkdtempSync(join(tmpdir(), 'cnnviz-mutants-'));
const copy = join(scratch, 'tree');
const report = join(scratch, 'report.json');
const tests = ['--project', 'quick*', '--project', 'slow*'];
let running;
let isInterrupted = false;

process.once('exit', () => {
  stop();
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    isInterrupted = true;
    stop();
  });
}

try {
  copyTree();
  const mutants = drawMutants(Number(values.count), Number(values.seed));
  const outcomes = { killed: [], survived: [], 'timed out': [] };
  for (const [index, mutant] of mutants.entries()) {
    const { outcome, by } = await tryMutant(mutant);
    outcomes[outcome].push({ ...mutant, by });
    console.log(`${index + 1}/${mutants.length} ${outcome}: ${describe(mutant)}${by === undefined ? '' : `  [${by}]`}`);
  }
  await requireGreen([...new Set(outcomes.killed.map(({ by }) => by))]);
  console.log(
    Object.entries(outcomes)
      .map(([outcome, { length }]) => `${length} ${outcome}`)
      .join(', '),
  );
  for (const mutant of outcomes.survived) console.log(`survived: ${describe(mutant)}`);
} catch (error) {
  console.error(`mutants: ${error.message}`);
  process.exitCode = 1;
}

function copyTree() {
  for (const path of listFiles([])) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path), { verbatimSymlinks: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  mkdirSync(join(scratch, 'tmp'));
}

function listFiles(paths) {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths];
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** So many of all mutants of the files that are asked for, each as likely as the next. */
function drawMutants(count, seed) {
  const files = listFiles(positionals.length > 0 ? positionals : ['src']).filter((path) => path.endsWith('.ts'));
  const all = files.flatMap((file) => {
    const code = readFileSync(join(copy, file), 'utf8');
    return findMutants(code).map((mutant) => ({ file, code, ...mutant }));
  });
  if (all.length === 0) throw new Error(`nothing to change in ${positionals.join(', ')}`);
  console.log(`${all.length} mutants in ${files.length} files`);
  const random = createRandom(seed);
  const drawn = [];
  while (drawn.length < count && all.length > 0) drawn.push(...all.splice(Math.floor(random() * all.length), 1));
  return drawn;
}

/** mulberry32, a generator of 32 bits by Tommy Ettinger, in the public domain */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The file's own tests first, which are the likeliest to notice, then those that reach it. */
async function tryMutant({ file, code, start, end, replacement }) {
  const own = file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  const stages = [
    ...(existsSync(join(copy, own)) ? [['run', own, ...tests]] : []),
    ['related', file, '--project', 'quick*'],
    ...(values.slow ? [['related', file, '--project', 'slow*']] : []),
  ];
  writeFileSync(join(copy, file), code.slice(0, start) + replacement + code.slice(end));
  try {
    for (const stage of stages) {
      const { isGreen, isOverdue, failed } = await runTests([...stage, '--bail', '1']);
      if (isOverdue) return { outcome: 'timed out' };
      if (!isGreen) return { outcome: 'killed', by: failed };
    }
    return { outcome: 'survived' };
  } finally {
    writeFileSync(join(copy, file), code);
  }
}

/** What killed must be green without a mutant: else it was the tests, not the mutants. */
async function requireGreen(files) {
  if (files.length === 0) return;
  const { isGreen, failed } = await runTests(['run', ...files, ...tests]);
  if (!isGreen) throw new Error(`${failed ?? 'a test'} fails without a mutant, or takes too long: its kills are void`);
}

async function runTests(args) {
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const options = ['--run', '--passWithNoTests', '--reporter=json', `--outputFile=${report}`];
  const { CI: _, ...environment } = process.env; // no second try
  // a group of its own, so that what hangs ends with all its workers
  running = spawn(process.execPath, [vitest, ...args, ...options], {
    ...{ cwd: copy, env: { ...environment, TMPDIR: join(scratch, 'tmp') } },
    ...{ stdio: 'ignore', detached: process.platform !== 'win32' },
  });
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    stop();
  }, Number(values.limit) * 1000);
  const exitCode = await new Promise((resolve, reject) => running.on('error', reject).on('close', resolve));
  running = undefined;
  clearTimeout(timer);
  if (isInterrupted) throw new Error('interrupted');
  if (isOverdue) return { isGreen: false, isOverdue };
  if (!existsSync(report)) throw new Error(`vitest ${args.join(' ')} gave no report`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.find(({ status }) => status === 'failed');
  return { isGreen: exitCode === 0, isOverdue, failed: broken && relative(copy, broken.name) };
}

function stop() {
  if (running === undefined) return;
  if (process.platform === 'win32') running.kill();
  else process.kill(-running.pid, 'SIGKILL');
}

/** The place, what stood there and what took its place. */
function describe({ file, code, start, end, replacement, line }) {
  const original = code.slice(start, end).replace(/\s+/g, ' ');
  const text = code.split('\n')[line - 1].trim();
  return `${file}:${line}  ${original} -> ${replacement}  in  ${text}`;
}
