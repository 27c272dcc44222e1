import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../../cli/run-program.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

it('cnnviz export prints what it wrote, what it takes and gives, and how to load it', async () => {
  const command = ['export', 'runs/latest', '--format', 'keras'];
  const { exitCode, stdout, stderr } = await runProgram(command, { cwd: workspace.folder });
  expect([exitCode, stdout.replace(/\d+ kB/, 'N kB').split('\n'), stderr]).toEqual([
    0,
    [
      'Saved: first.keras (N kB)',
      'Input: RGB, 12 x 12, resized by nearest, each byte times 1/255',
      'Output: probability of dogs, else cats',
      'Load: model = keras.models.load_model("first.keras")',
      '',
    ],
    'Model: runs/first (best weights, epoch 3, 309 parameters)\n',
  ]);
});

it('cnnviz export needs a format', async () => {
  const { exitCode, stderr } = await runProgram(['export'], { cwd: workspace.folder });
  expect([exitCode, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining('--format')]);
});
