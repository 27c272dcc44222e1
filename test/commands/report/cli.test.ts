import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../../cli/run-program.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

const run = (...args: string[]) =>
  runProgram(['report', ...args], { cwd: workspace.folder, env: { CNNVIZ_BACKEND: 'cpu' } });

it('prints where the page is and how large, and what was skipped', async () => {
  const { exitCode, stdout, stderr } = await run('red.png', 'broken.png', '--layers', '1');
  expect(exitCode).toBe(0);
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^Report: report\.html \(1 image, \d+ kB\)$/);
  expect(stderr).toContain('broken.png');
  expect(readFileSync(join(workspace.folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/);
});

it('refuses to replace what is no report', async () => {
  const { exitCode, stderr } = await run('red.png', '--out', 'blue.png');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not overwritten') });
});
