import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../../cli/run-program.js';
import { runCommandLine } from '../../helpers/run-command-line.js';
import { writePhotograph } from '../drawn-photographs.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cnnviz-cli-check-'));
  let seed = 0;
  for (const split of ['train', 'validation']) {
    for (const name of ['cat', 'dog']) {
      for (let index = 0; index < 3; index++) writePhotograph(join(root, split, name, `${index}.png`), seed++);
    }
  }
});

afterEach(() => rmSync(root, { recursive: true }));

const run = (...args: string[]) => runCommandLine(['check', ...args]);

test('prints classes by split, shapes and a verdict with the next command, and exits 0', async () => {
  const { exitCode, stdout } = await runProgram(['check', root, '--strict']);
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').slice(1, -1)).toEqual([
    '  class  train  validation',
    '  cat    3      3',
    '  dog    3      3',
    '  formats: png 12',
    '  sizes: from 40 x 40 to 40 x 40, median 40 x 40, most common 40 x 40 (12 images)',
    '  width / height: from 1.00 to 1.00, median 1.00',
    `No warnings. Next: cnnviz train --data ${root}`,
  ]);
});

test('with --strict a warning makes the exit code 1, after everything was printed', async () => {
  copyFileSync(join(root, 'train/cat/0.png'), join(root, 'train/dog/copy.png'));
  const relaxed = await run(root);
  expect(relaxed.exitCode).toBe(0);
  expect(relaxed.stdout).toContain('warning: 1 image is under two classes (same bytes)');
  expect(relaxed.stdout).toContain('    train/cat/0.png = train/dog/copy.png');
  const strict = await run(root, '--strict');
  expect(strict.exitCode).toBe(1);
  expect(strict.stdout).toBe(relaxed.stdout);
  expect(strict.stderr).toBe(`error: ${root}: 1 warning, which --strict does not allow\n`);
});

test('with --json the result is the last line but for the error of --strict', async () => {
  copyFileSync(join(root, 'train/cat/0.png'), join(root, 'train/dog/copy.png'));
  const { stdout } = await run(root, '--json', '--strict');
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.at(-2)).toMatchObject({ type: 'result', warningCount: 1, findings: [{ code: 'contradictory' }] });
  expect(lines.at(-1)).toMatchObject({ type: 'error', code: 'BAD_DATASET', exitCode: 1 });
});

test('a folder that is not there exits 1, a bad count 2', async () => {
  expect((await run(join(root, 'nowhere'))).exitCode).toBe(1);
  expect((await run(root, '--examples', '0')).exitCode).toBe(2);
});
