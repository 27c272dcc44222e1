import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatSummary } from '../../../src/commands/summary/cli-result.js';
import { summary } from '../../../src/commands/summary/index.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await makeWorkspace();
});

afterEach(() => {
  workspace.remove();
});

test("without options it is the article's network", async () => {
  const { layers, parameterCount, trainableParameterCount, path } = await summary();
  expect(layers).toHaveLength(11);
  expect(layers[0]).toEqual({
    name: 'conv2d_1',
    kind: 'Conv2D',
    outputShape: [null, 148, 148, 32],
    parameterCount: 896,
  });
  expect([parameterCount, trainableParameterCount, path]).toEqual([3_453_121, 3_453_121, undefined]);
});

test('options change it, three classes end in softmax', async () => {
  const { layers } = await summary({ filters: [8], imageSize: 64, dense: 16, dropout: 0.5, classes: 3 });
  expect(layers.map(({ name, outputShape }) => [name, outputShape])).toEqual([
    ['conv2d_1', [null, 62, 62, 8]],
    ['max_pooling2d_1', [null, 31, 31, 8]],
    ['flatten_1', [null, 7688]],
    ['dropout_1', [null, 7688]],
    ['dense_1', [null, 16]],
    ['dense_2', [null, 3]],
  ]);
});

test("a run's is the same as that of its model file", async () => {
  const folder = join(workspace.folder, 'runs/first');
  const ofRun = await summary({ model: folder });
  const ofFile = await summary({ model: join(folder, 'epoch-0003/model.json') });
  expect(ofRun.path).toBe(folder);
  expect({ ...ofFile, path: folder, classes: [{ name: 'cats' }, { name: 'dogs' }] }).toEqual(ofRun);
  expect(ofRun.layers).toHaveLength(7);
});

test('a network that cannot be and a file that is not there are refused', async () => {
  await expect(summary({ imageSize: 45 })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(summary({ classes: 1 })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(summary({ model: '/does/not/exist' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test("a run's needs no TensorFlow, nor does the article's network", () => {
  const program = `
    const { summary } = await import(process.argv[1]);
    await summary();
    await summary({ model: process.argv[2] });
    const { createRequire } = await import('node:module');
    const loaded = Object.keys(createRequire(process.argv[1]).cache);
    console.log(JSON.stringify(loaded.filter((path) => /tensorflow/.test(path))));
  `;
  const built = new URL('../../../dist/bundle/index.js', import.meta.url).pathname;
  const options = ['--input-type=module', '--eval', program, built, join(workspace.folder, 'runs/first')];
  expect(JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }))).toEqual([]);
});

test('of a run it has the classes, and their counts where the run knows them', async () => {
  const { classes } = await summary({ model: join(workspace.folder, 'runs/first') });
  expect(classes).toEqual([{ name: 'cats' }, { name: 'dogs' }]);
  const counted = { name: 'cats', trainCount: 1000, validationCount: 500 };
  const lines = formatSummary({ ...(await summary()), classes: [counted, { name: 'dogs' }] });
  expect(lines.at(-1)).toBe('Classes: 0 cats (train 1,000, validation 500), 1 dogs');
});
