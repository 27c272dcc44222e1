import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../scripts/fuzz.mjs', import.meta.url));
let folder: string;
const shared = mkdtempSync(join(tmpdir(), 'cnnviz-fuzz-material-'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-fuzz-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => rmSync(shared, { recursive: true }));

/** Some trials, with a module loaded before everything else of each process. */
async function runTrials(
  seed: number,
  count: number,
  limit: number,
  planted = '',
): Promise<{ exitCode: number | null; output: string }> {
  const plant = join(folder, 'plant.mjs');
  writeFileSync(plant, `if (process.argv[1]?.endsWith('worker.mjs')) { ${planted} }`);
  const child = spawn(
    process.execPath,
    [
      ...[program, '--seed', `${seed}`, '--count', `${count}`, '--limit', `${limit}`],
      ...['--keep', join(folder, 'kept'), '--material', join(shared, 'material')],
    ],
    {
      env: { ...process.env, NODE_OPTIONS: `--import ${pathToFileURL(plant)}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, output };
}

test('trials that end well are counted', async () => {
  const { exitCode, output } = await runTrials(6, 3, 10);
  expect(output).toMatch(/Seeds 6 to 8: 3 trials/);
  expect(output).toMatch(/, 0 otherwise/);
  expect(exitCode).toBe(0);
}, 240_000);

test.each([
  ['a bug', 'Number.isSafeInteger = () => { throw new TypeError("planted"); };', /TypeError: planted/],
  ['a hang', 'Number.isSafeInteger = () => { for (;;); };', /ran for more than 3 s/],
  ['an abort', 'Number.isSafeInteger = () => process.abort();', /ended with SIGABRT/],
])(
  '%s fails the trials, and what led to it is kept',
  async (_, planted, message) => {
    // The seed's command reads a whole number: another one may have to be found when there are more commands.
    const { exitCode, output } = await runTrials(1, 1, 3, planted);
    expect(exitCode).toBe(1);
    expect(output).toMatch(message);
    const seed = /^seed (\d+):/m.exec(output)?.[1];
    expect(output).toContain(`npm run fuzz -- --seed ${seed} --count 1`);
    expect(existsSync(join(folder, 'kept', `${seed}`))).toBe(true);
  },
  240_000,
);
