import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleData } from '../../src/commands/sample-data/index.js';
import { makeWorkspace, type Workspace } from '../commands/workspace.js';
import { programPath } from './run-program.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
  const dir = join(workspace.folder, 'pets');
  await sampleData({ dir, classes: 2, imageSize: 32, train: 2, validation: 1, test: 0 });
});

afterAll(() => workspace.remove());

/** Runs the program as a shell does, with what stands behind the command there. */
async function runInShell(args: string[], redirection: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn('sh', ['-c', `exec "$@" ${redirection}`, 'sh', process.execPath, programPath, ...args], {
    cwd: workspace.folder,
    env: { ...process.env, CNNVIZ_BACKEND: 'cpu', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = { exitCode: null as number | null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      result[name] += text;
    });
  }
  result.exitCode = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return result;
}

const trainArguments = (out: string) => [
  ...['train', '--data', 'pets', '--out', out, '--image-size', '12', '--filters', '2', '--dense', '2'],
  ...['--epochs', '2', '--batch-size', '2'],
];

/** A training that ended as if it had been heard. */
function expectTrained(out: string): void {
  const { history } = JSON.parse(readFileSync(join(workspace.folder, out, 'run.json'), 'utf8'));
  expect(history.loss).toHaveLength(2);
  expect(existsSync(join(workspace.folder, out, 'curves.png'))).toBe(true);
}

const lostStdout = 'error: stdout cannot be written (no space left on the disk); continuing without it\n';
const lostStderr = 'error: stderr cannot be written (no space left on the disk); continuing without it\n';

describe.skipIf(!existsSync('/dev/full'))('on a full disk', () => {
  it('predict says so in one line, and exits 1', async () => {
    const { exitCode, stderr } = await runInShell(['predict', 'red.png', '--quiet'], '> /dev/full');
    expect([exitCode, stderr]).toEqual([0, '']); // nothing was to be said
    const loud = await runInShell(['predict', 'red.png'], '> /dev/full');
    expect(loud.exitCode).toBe(1);
    expect(loud.stderr.split('\n').filter((line) => line.startsWith('error'))).toEqual([lostStdout.trimEnd()]);
  });

  it('train --json goes on to its end, and exits 1', async () => {
    const { exitCode, stderr } = await runInShell([...trainArguments('json'), '--json'], '> /dev/full');
    expect([exitCode, stderr]).toEqual([1, lostStdout]);
    expectTrained('json');
  });

  it('train goes on without its log, and says so on stdout', async () => {
    const { exitCode, stdout } = await runInShell(trainArguments('log'), '2> /dev/full');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(lostStderr);
    expect(stdout).toMatch(/Epoch 2\/2/);
    expectTrained('log');
  });

  it('train goes on where nothing can be said at all', async () => {
    expect((await runInShell(trainArguments('both'), '> /dev/full 2>&1')).exitCode).toBe(1);
    expectTrained('both');
  });

  it('a failure keeps its own exit code', async () => {
    const { exitCode, stderr } = await runInShell(['predict', 'nothing.png', '--json'], '> /dev/full');
    expect([exitCode, stderr.includes('nothing.png')]).toEqual([1, true]);
    expect((await runInShell(['predict'], '2> /dev/full')).exitCode).toBe(2);
  });

  it.each([['doctor'], ['--help'], ['summary']])('%s says so, and exits 1', async (command) => {
    const { exitCode, stderr } = await runInShell([command], '> /dev/full');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(lostStdout);
  });

  it('setup says so, and exits 1', async () => {
    const home = mkdtempSync(join(tmpdir(), 'cnnviz-home-'));
    const { exitCode, stdout } = await runInShell(['setup', '--from', 'nothing.whl'], '2> /dev/full', {
      CNNVIZ_HOME: home,
    });
    expect([exitCode, stdout]).toEqual([1, lostStderr]);
  });
});

describe('closed', () => {
  it.each(['>&-', '2>&-', '>&- 2>&-'])('(%s) streams end no training', async (redirection) => {
    const out = `closed${redirection.length}${redirection.startsWith('2')}`;
    const { exitCode, stderr } = await runInShell(trainArguments(out), redirection);
    // Node opens /dev/null in the place of what is closed: nothing was asked for, and nothing is lost.
    expect([0, 1]).toContain(exitCode);
    expect(stderr).not.toMatch(/internal error/);
    expectTrained(out);
  });

  it('a reader that has read enough is no failure', async () => {
    const child = spawn('sh', ['-c', '"$@" | head -1', 'sh', process.execPath, programPath, 'summary'], {
      cwd: workspace.folder,
      env: { ...process.env, CNNVIZ_BACKEND: 'cpu' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).not.toMatch(/error/);
  });
});
