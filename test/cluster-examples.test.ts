// The command lines of examples/cluster, in processes that find what Slurm or Kubernetes would set.

import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programPath, runProgram } from './cli/run-program.js';
import { writePhotograph } from './commands/drawn-photographs.js';
import { makeWorkspace, type Workspace } from './commands/workspace.js';
import { runCommandLineIn } from './helpers/run-command-line.js';

const run = promisify(execFile);
const tasks = [0, 1, 2, 3, 4, 5, 6, 7];
let workspace: Workspace;
/** of every command */
let env: Record<string, string>;
/** of commands that a script calls: it finds this program as cnnviz */
let path: string;

const example = (name: string) => fileURLToPath(new URL(`../examples/cluster/${name}`, import.meta.url));
const here = (name: string) => join(workspace.folder, name);

beforeAll(async () => {
  workspace = await makeWorkspace();
  for (let index = 0; index < 45; index++) writePhotograph(here(`photos/cats/cat.${index}.png`), index);
  mkdirSync(here('path'));
  writeFileSync(here('path/cnnviz'), `#!/bin/sh\nexec ${process.execPath} ${programPath} "$@"\n`);
  chmodSync(here('path/cnnviz'), 0o755);
  path = `${here('path')}${delimiter}${process.env.PATH}`;
  env = { CNNVIZ_BACKEND: 'cpu', CNNVIZ_HOME: here('home') };
  const whole = await runProgram(['predict', here('photos'), '--csv', 'whole.csv'], { cwd: workspace.folder, env });
  expect(whole.exitCode).toBe(0);
}, 120_000);

afterAll(() => workspace.remove());

async function mergeShards(folder: string, csv: string): Promise<void> {
  const merged = await runCommandLineIn({ cwd: workspace.folder, env }, ['predict', 'merge', folder, '--csv', csv]);
  expect(merged).toMatchObject({ exitCode: 0 });
  expect(readFileSync(here(csv), 'utf8')).toBe(readFileSync(here('whole.csv'), 'utf8'));
}

test('the Slurm script classifies in eight tasks what one pass classifies', async () => {
  const script = readFileSync(example('predict-array.sbatch'), 'utf8');
  expect(script).toContain('#SBATCH --array=0-7\n');
  for (const task of tasks) {
    const slurm = { SLURM_ARRAY_TASK_ID: `${task}`, SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '8' };
    const settings = {
      cwd: workspace.folder,
      env: { ...process.env, ...env, PATH: path, ...slurm, PHOTOS: here('photos') },
    };
    await run('bash', [example('predict-array.sbatch')], settings);
  }
  await mergeShards('shards', 'slurm.csv');
}, 300_000);

test('the Indexed Job classifies in eight tasks what one pass classifies', async () => {
  const manifest = readFileSync(example('predict-indexed-job.yaml'), 'utf8');
  expect(manifest).toContain('completions: 8\n');
  const [, list = ''] = /args:\s*\[([^\]]*)\]/.exec(manifest) ?? [];
  const words = list.split(',').map((word) => word.trim().replaceAll(/["']/g, ''));
  const args = words.filter((word) => word !== '').map((word) => word.replace('/photos', here('photos')));
  for (const task of tasks) {
    const line = args.map((arg) => arg.replace('$(TASK)', String(task)));
    const settings = { cwd: workspace.folder, env: { ...env, JOB_COMPLETION_INDEX: `${task}` } };
    expect(await runCommandLineIn(settings, line)).toMatchObject({ exitCode: 0 });
  }
  await mergeShards('runs/shards', 'kubernetes.csv');
}, 300_000);
