import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/program.js';
import { readPngText } from '../helpers/png-text.js';
import { runCommandLine } from '../helpers/run-command-line.js';

/** A picture that is pasted into a slide says, by itself, what it was made from. */
const [network, image, data] = [['Network', 'Model', 'Epoch'], ['Image'], ['Data', 'Images']];

/** Every command that draws: what it is given, and what its pictures have to say. `RUN`, `DATA` and `IMAGE` are there. */
const DRAWING: Record<string, { args: string[]; says: string[] }> = {
  activations: {
    args: ['IMAGE', '--layers', 'all', '--top', '2', '--channels', '0', '--model', 'RUN'],
    says: [...network, ...image],
  },
  augment: { args: ['IMAGE', '--count', '2'], says: image },
  channels: { args: ['DATA', '--model', 'RUN'], says: [...network, ...data] },
  check: { args: ['DATA'], says: data },
  dream: {
    args: ['--channels', '0-2', '--steps', '2', '--class', 'cats', '--data', 'DATA', '--model', 'RUN'],
    says: network,
  },
  evaluate: { args: ['--data', 'DATA', '--split', 'train', '--model', 'RUN'], says: [...network, ...data] },
  explain: { args: ['IMAGE', '--model', 'RUN'], says: [...network, ...image] },
  kernels: { args: ['--model', 'RUN'], says: network },
  patches: { args: ['DATA', '--model', 'RUN'], says: [...network, ...data] },
  groups: { args: ['DATA', '--model', 'RUN', '--count', '2'], says: [...network, ...data] },
  neighbors: {
    args: ['IMAGE', '--data', 'DATA', '--count', '2', '--model', 'RUN'],
    says: [...network, ...image, ...data],
  },
  compare: { args: ['RUN', 'RUN', '--on', 'DATA', '--split', 'train'], says: [...network, ...data] },
  timelapse: { args: ['RUN'], says: ['Network', 'Epoch', ...image] },
};

/** The others, and why they draw nothing that has to say so. */
const OTHERS: Record<string, string> = {
  train: 'tested below: its run is what the others are given',
  'sample-data': 'its pictures are images to train on',
  split: 'copies images as they are',
  report: 'a page, which says so itself',
  serve: 'a page, which says so itself',
  predict: 'no pictures',
  summary: 'no pictures',
  export: 'no pictures',
  setup: 'no pictures',
  doctor: 'no pictures',
  completion: 'no pictures',
  complete: 'no pictures',
};

let folder: string;
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnnviz-pictures-'));
  await run(['sample-data', at('cats_dogs'), '--train', '4', '--validation', '2', '--test', '0']);
  const small = ['--image-size', '16', '--filters', '4,4', '--dense', '4', '--epochs', '1', '--log', 'tensorboard'];
  const probe = ['--probe', at('cats_dogs/train/cats/cat.1.png')];
  await run(['train', '--data', at('cats_dogs'), '--out', at('named-run'), '--backend', 'cpu', ...small, ...probe]);
  mkdirSync(at('drawn'));
  cpSync(at('cats_dogs/train/cats/cat.1.png'), at('drawn/cat.1.png'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: string[]): Promise<void> {
  const { exitCode, stderr } = await runCommandLine(args);
  if (exitCode !== 0) throw new Error(stderr);
}

test('every command is known to draw or not to', () => {
  const known = [...Object.keys(DRAWING), ...Object.keys(OTHERS)];
  expect(COMMANDS.map(({ name }) => name.replaceAll('_', '')).sort()).toEqual(known.sort());
});

test.each(Object.entries(DRAWING))('every picture of %s says what it was made from', async (name, { args, says }) => {
  const paths: Record<string, string> = { RUN: at('named-run'), DATA: at('cats_dogs'), IMAGE: at('drawn/cat.1.png') };
  const uses = says.includes('Network') && !['kernels', 'timelapse'].includes(name) ? ['--backend', 'cpu'] : [];
  await run([name, ...args.map((arg) => paths[arg] ?? arg), '--out', at(name), ...uses]);
  const pictures = readdirSync(at(name)).filter((file) => file.endsWith('.png'));
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) {
    const texts = readPngText(readFileSync(at(name, picture)));
    expect([picture, Object.keys(texts)]).toEqual([picture, expect.arrayContaining(['Software', ...says])]);
    expect(texts).toMatchObject({
      ...(says.includes('Network') && { Network: 'named-run', Epoch: '1' }),
      ...(says.includes('Data') && { Data: 'cats_dogs' }),
      ...(says.includes('Image') && { Image: 'cat.1.png' }),
    });
  }
});

test('the curves of a training say of which run, after how many epochs, on which images', () => {
  expect(readPngText(readFileSync(at('named-run/curves.png')))).toEqual({
    ...{ Software: expect.stringMatching(/^cnnviz \d/), Network: 'named-run', Epoch: '1' },
    ...{ Data: 'cats_dogs', Split: 'train', Images: '8' },
  });
});

test('so do the pictures for TensorBoard', () => {
  const logs = at('named-run/logs/train');
  const bytes = readFileSync(join(logs, readdirSync(logs)[0] as string));
  const pictures = findPngs(bytes).map(readPngText);
  expect(pictures.length).toBe(3);
  for (const texts of pictures) expect(texts).toMatchObject({ Network: 'named-run', Epoch: '1' });
  expect(pictures.slice(1).map(({ Image, Layer }) => [Image, Layer])).toEqual([
    ['cat.0.png', 'conv2d_1'],
    ['cat.0.png', 'conv2d_2'],
  ]);
});

function findPngs(bytes: Buffer): Buffer[] {
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const found: Buffer[] = [];
  for (let from = bytes.indexOf(signature); from >= 0; from = bytes.indexOf(signature, from + 8)) {
    found.push(bytes.subarray(from));
  }
  return found;
}
