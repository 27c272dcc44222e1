import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram } from '../../cli/run-program.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

it('cnnviz kernels prints layers and files, and writes to kernels/', async () => {
  const { exitCode, stdout, stderr } = await runProgram(['kernels'], { cwd: workspace.folder });
  expect([exitCode, stdout.split('\n'), stderr]).toEqual([
    0,
    [
      '  conv2d_1              (3, 3, 3, 4)',
      expect.stringMatching(/^ {2}conv2d_2 {14}\(3, 3, 4, 4\), length [\d.]+ \(median\) to [\d.]+$/),
      '  kernels/ (4 files)',
      '',
    ],
    'Model: runs/first (best weights, epoch 3, 309 parameters)\n',
  ]);
});

it('cnnviz kernels without a network says how to get one', async () => {
  const { exitCode, stderr } = await runProgram(['kernels'], { cwd: `${workspace.folder}/runs` });
  expect([exitCode, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining('no trained network')]);
});
