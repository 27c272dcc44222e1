import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sampleData } from '../../src/commands/sample-data/index.js';
import { runCommandLine } from '../helpers/run-command-line.js';

// 255 bytes, the most that a name can have: of one byte a character, and of three.
const LETTERS = (end = '') => 'n'.repeat(255 - end.length) + end;
const SIGNS = (end = '') => '猫'.repeat(Math.floor((255 - end.length) / 3)) + 'n'.repeat((255 - end.length) % 3) + end;

let folder: string;

const own = process.cwd();
const run = (...args: string[]) => runCommandLine(args);
const images = [LETTERS, SIGNS].map((name) => join('pets/cats', name('.png')));

// whichever command is first reads the modules that all share
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-long-names-'));
  process.chdir(folder);
  vi.stubEnv('CNNVIZ_BACKEND', 'cpu');
  await sampleData({ dir: join(folder, 'sample'), train: 6, validation: 1, test: 1, imageSize: 32 });
  for (const name of ['cats', 'dogs']) {
    mkdirSync(join(folder, 'pets', name), { recursive: true });
    const from = join(folder, 'sample/train', name);
    for (const file of readdirSync(from)) copyFileSync(join(from, file), join(folder, 'pets', name, file));
  }
  for (const image of images) copyFileSync(join(folder, 'pets/cats/cat.0.png'), join(folder, image));
  const small = [
    '--image-size',
    '12',
    '--filters',
    '2',
    '--dense',
    '2',
    '--epochs',
    '1',
    '--probe',
    images[1] as string,
  ];
  const { exitCode, stderr } = await run('train', '--data', 'pets', ...small, '--out', SIGNS('r'));
  expect(exitCode, stderr).toBe(0);
});

afterAll(() => {
  vi.unstubAllEnvs();
  process.chdir(own);
  rmSync(folder, { recursive: true });
});

it.each<[command: string, args: string[]]>([
  ['activations', images],
  ['explain', images],
  ['predict', [...images, '--csv', LETTERS('.csv')]],
  ['neighbors', images],
  ['report', [...images, '--out', SIGNS('.html')]],
  ['evaluate', ['--data', 'pets', '--out', SIGNS('e')]],
  ['channels', ['pets', '--out', LETTERS('c')]],
  ['patches', ['pets', '--out', LETTERS('p')]],
  ['groups', ['pets', '--out', LETTERS('g')]],
  ['kernels', ['--out', SIGNS('k')]],
  ['compare', [...images, '--out', SIGNS('v')]],
  ['timelapse', ['--out', SIGNS('t')]],
  ['augment', [images[1] as string, '--out', LETTERS('.png')]],
  ['split', ['pets', LETTERS('s'), '--train', '2', '--validation', '1', '--test', '1']],
])('%s takes and makes names of 255 bytes, twice', async (command, args) => {
  const first = await run(command, ...args);
  expect([first.exitCode, first.stderr]).toEqual([0, expect.not.stringContaining('ENAMETOOLONG')]);
  if (command !== 'split') expect((await run(command, ...args)).exitCode).toBe(0);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});
