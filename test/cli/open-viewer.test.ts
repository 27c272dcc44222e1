import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openViewer } from '../../src/cli/open-viewer.js';
import { makeWorkspace, type Workspace } from '../commands/workspace.js';
import { runProgram } from './run-program.js';

let workspace: Workspace;
/** a PATH on which `xdg-open` writes down what it was asked to open, and a screen */
let env: NodeJS.ProcessEnv;
const opened = () => join(workspace.folder, 'opened');

beforeAll(async () => {
  workspace = await makeWorkspace();
  const script = '#!/bin/sh\nprintf "%s|%s" "$#" "$1" > "$OPENED.part" && mv "$OPENED.part" "$OPENED"\n';
  writeFileSync(join(workspace.folder, 'xdg-open'), script, { mode: 0o755 });
  env = {
    PATH: `${workspace.folder}${delimiter}${process.env.PATH}`,
    DISPLAY: ':0',
    CI: '',
    OPENED: opened(),
    CNNVIZ_BACKEND: 'cpu',
  };
});

afterAll(() => workspace.remove());

const run = (line: string, more: NodeJS.ProcessEnv = {}) =>
  runProgram(line.split(' '), { cwd: workspace.folder, env: { ...env, ...more } });

/** The viewer goes on without the program, so it may come after its end. */
async function expectOpened(path: string): Promise<void> {
  await vi.waitUntil(() => existsSync(opened()), { timeout: 30_000 });
  expect(readFileSync(opened(), 'utf8')).toBe(`1|${resolve(workspace.folder, path)}`);
}

describe.skipIf(process.platform !== 'linux')('--open', () => {
  it('opens the picture of an image, the page of a report, the folder of several results', async () => {
    for (const [line, path] of [
      ['explain red.png --open --out it;touch $HOME', 'it;touch $HOME/hirescam.png'],
      ['report red.png --open --layers 1', 'report.html'],
      ['kernels --open', 'kernels'],
      ['activations red.png blue.png --open --layers 1', 'activations'],
    ] as const) {
      writeFileSync(opened(), '');
      const words = line.includes('touch') ? [...line.split(' ').slice(0, 4), 'it;touch $HOME'] : line.split(' ');
      const { exitCode, stderr } = await runProgram(words, { cwd: workspace.folder, env });
      expect(exitCode, stderr).toBe(0);
      await vi.waitUntil(() => readFileSync(opened(), 'utf8') !== '', { timeout: 30_000 });
      await expectOpened(path);
    }
  });

  it('says where the result lies, and exits 0, where nothing can be opened', async () => {
    const noScreen = await run('kernels --open', { DISPLAY: '', WAYLAND_DISPLAY: '' });
    expect([noScreen.exitCode, noScreen.stderr]).toEqual([
      0,
      expect.stringContaining('there is no display here: kernels'),
    ]);
    const job = await run('kernels --open', { CI: 'true' });
    expect([job.exitCode, job.stderr]).toEqual([
      0,
      expect.stringContaining('Not opened, since this is a CI job: kernels'),
    ]);
    expect(await openViewer('kernels', { DISPLAY: ':0', PATH: '/nowhere' }, 'linux')).toBe(
      'xdg-open cannot be started (ENOENT)',
    );
  });

  it('is refused where no picture would be drawn', async () => {
    const { exitCode, stderr } = await run('check pets --open');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--open: expected together with --out')]);
  });
});
