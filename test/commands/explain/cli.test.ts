import { existsSync } from 'node:fs';
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
const run = (...args: string[]) => runCommandLineIn(settings(), ['explain', ...args]);

describe('cnnviz explain', () => {
  it('prints scores and files, and writes below explanations/', async () => {
    const { exitCode, stdout, stderr } = await runProgram(['explain', 'red.png', '--npy'], settings());
    const lines = stdout.split('\n').filter((line) => !/HiResCAM for|cells,/.test(line));
    expect([exitCode, lines]).toEqual([
      0,
      [
        'red.png',
        '  input                 (1, 12, 12, 3)',
        expect.stringMatching(/^ {2}prediction {12}(cats|dogs), probability 0\.\d{4}$/),
        expect.stringMatching(/^ {2}cats {18}score \u2212?[\d.e\u2212]+, probability 0\.\d{4}$/),
        expect.stringMatching(/^ {2}dogs {18}score \u2212?[\d.e\u2212]+, probability 0\.\d{4}$/),
        '  explanations/red/ (4 files)',
        '',
      ],
    ]);
    expect(stderr).toContain('Model: ');
  });

  it('says in words where a class has no evidence', async () => {
    const { stdout } = await run('red.png', '--out', 'words');
    // Both maps of one sigmoid unit can only have evidence where the map has both signs; a plain red image has one.
    expect(stdout).toMatch(/ {24}HiResCAM for (cats|dogs) at conv2d_2: /);
  });

  it('explains one class by another method at another layer, and several images', async () => {
    const args = ['--class', '1', '--method', 'gradcam', '--layer', 'conv2d_1', '--out', 'two', '--json'];
    const { exitCode, stdout } = await run('red.png', 'blue.png', ...args);
    const { images } = JSON.parse(stdout.trimEnd().split('\n').at(-1) as string);
    expect([exitCode, images.map(({ classes }: { classes: { className: string }[] }) => classes.length)]).toEqual([
      0,
      [1, 1],
    ]);
    expect(existsSync(join(workspace.folder, 'two/blue/gradcam.png'))).toBe(true);
  });

  it('takes several methods, written in any way, and several layers', async () => {
    const args = ['--method', 'Grad-CAM,layercam', '--layer', 'conv2d_1,conv2d_2', '--out', 'methods'];
    const { exitCode, stdout } = await run('red.png', ...args);
    expect([exitCode, stdout.match(/score/g)]).toEqual([0, ['score', 'score']]);
    for (const name of ['methods', 'gradcam-conv2d_1', 'layercam-conv2d_2']) {
      expect(existsSync(join(workspace.folder, `methods/${name}.png`))).toBe(true);
    }
  });

  it.each([
    ['an unknown class, listing those there are', ['red.png', '--class', 'birds'], 1, 'cats, dogs'],
    ['an unknown layer, listing those there are', ['red.png', '--layer', 'conv2d_9'], 1, 'conv2d_1, max_pooling2d_1'],
    ['a layer without maps', ['red.png', '--layer', 'dense_1'], 1, 'has no height and width'],
    ["a folder with somebody's files", ['red.png', '--out', 'runs'], 1, 'first'],
    ['no image', [], 2, 'say which images to explain'],
    ['an unknown method', ['red.png', '--method', 'cam'], 2, 'hirescam, layercam'],
  ])('refuses %s', async (_, args, exitCode, text) => {
    const result = await run(...args);
    expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
    expect(result.stderr).toContain(text);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['--benchmark', 'pets', 'red.png'], '--benchmark: takes no images besides its folder'],
    [[], 'say which images to explain: cnnviz explain IMAGE, or --benchmark DIR'],
    [['red.png', '--images', '9'], '--images: expected together with --benchmark'],
    [['--benchmark', 'pets', '--npy'], '--npy: not with --benchmark, which explains the predicted class'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, stderr } = await run(...args);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`error: ${message}`)]);
  });
});
