import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/run-program.js';
import { runCommandLineIn } from '../../helpers/run-command-line.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
});

afterAll(() => workspace.remove());

const settings = () => ({ cwd: workspace.folder, env: { CNNVIZ_BACKEND: 'cpu' } });
const run = (...args: string[]) => runCommandLineIn(settings(), ['activations', ...args]);

describe('cnnviz activations', () => {
  it('prints shapes, prediction and files, and writes below activations/', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['activations', 'red.png', '--layers', '2'], settings());
    expect([exitCode, stdout.split('\n')]).toEqual([
      0,
      [
        'red.png',
        '  input                 (1, 12, 12, 3)',
        '  conv2d_1              (1, 10, 10, 4)  1 channel all 0',
        '  max_pooling2d_1       (1, 5, 5, 4)  1 channel all 0',
        expect.stringMatching(/^ {2}prediction {12}(cats|dogs), probability 0\.\d{4}$/),
        '  activations/red/ (5 files; look first at overview.png)',
        '',
      ],
    ]);
    expect(stderr).toContain('Model: ');
    expect(readdirSync(join(workspace.folder, 'activations/red'))).toHaveLength(5);
  });

  it('with --json prints one event a line, the result last', async () => {
    const { exitCode, stdout } = await run('red.png', '--json', '--out', 'json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([exitCode, lines[0].type, lines.at(-1).type]).toEqual([0, 'stage', 'result']);
    expect(lines.at(-1).images[0]).toMatchObject({ image: 'red.png', folder: 'json', inputShape: [1, 12, 12, 3] });
  });

  it('with --top names the strongest channels of each layer and what they were ranked by', async () => {
    const args = ['--layers', 'conv2d_2', '--top', '2', '--by', 'variance', '--range', '-1,3', '--out', 'top'];
    const { exitCode, stdout } = await run('red.png', ...args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\n {24}strongest by variance: \d \([\d.e-]+\), \d \([\d.e-]+\)\n/);
    expect(existsSync(join(workspace.folder, 'top/03-conv2d_2-top.png'))).toBe(true);
  });

  it('with --quiet prints nothing and works all the same', async () => {
    expect(await run('red.png', '--quiet', '--out', 'quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(existsSync(join(workspace.folder, 'quiet/manifest.json'))).toBe(true);
  });

  it('names a bad image among several when it is found, and exits 0', async () => {
    const { exitCode, stderr } = await run('red.png', 'broken.png', 'blue.png');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/\nwarning: skipped broken\.png: .+\nSkipped 1 bad image\.\n$/);
  });

  it.each([
    ['a bad image alone', ['broken.png'], 1, 'broken.png'],
    ['an unknown layer, listing those there are', ['red.png', '--layers', 'conv2d_9'], 1, 'conv2d_1, max_pooling2d_1'],
    ['a channel out of range, naming the range', ['red.png', '--channels', '4'], 1, 'channels 0 to 3'],
    ['a model that is not there', ['red.png', '--model', 'nowhere'], 1, 'nowhere'],
    ["a folder with somebody's files", ['red.png', '--out', 'runs'], 1, 'first'],
    ['no image', [], 2, "missing required argument 'images'"],
    ['an unknown way to normalize', ['red.png', '--normalize', 'best'], 2, 'zscore, minmax, layer'],
    ['a number of columns that is none', ['red.png', '--columns', 'many'], 2, 'whole number'],
    ['no columns', ['red.png', '--columns', '0'], 2, 'columns'],
    ['an unknown scale', ['red.png', '--scale', 'jet'], 2, 'article, strength, minmax, layer, shared, or two numbers'],
    ['half a range', ['red.png', '--range', '-1'], 2, 'two numbers, the smaller one first'],
    [
      'two scales',
      ['red.png', '--range', '-1,3', '--scale', 'layer'],
      2,
      'error: --range and --scale cannot be combined: use one',
    ],
    [
      'a scale by its new and its old name',
      ['red.png', '--scale', 'strength', '--normalize', 'minmax'],
      2,
      'error: --scale strength and --normalize minmax cannot be combined: use one',
    ],
    ['an unknown ranking', ['red.png', '--top', '3', '--by', 'size'], 2, 'mean, max, variance, contribution, support'],
    ['a mistyped option', ['red.png', '--colourmap', 'gray'], 2, 'Did you mean --colormap?'],
    ['an unknown backend', ['red.png', '--backend', 'gpu'], 2, 'auto, native, wasm, cpu'],
  ])('refuses %s', async (_, args, exitCode, text) => {
    const result = await run(...args);
    expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
    expect(result.stderr).toContain(text);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it('without a run and --model names both ways to get a network', async () => {
    const { exitCode, stderr } = await runProgram(['activations', join(workspace.folder, 'red.png')], { cwd: '/' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: .*cnnviz train --data DIR.*--model PATH.*\n$/);
  });
});
