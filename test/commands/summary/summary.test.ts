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

test('receptive fields are listed where they are asked for: planned, of a run and of a file', async () => {
  expect(await summary()).not.toHaveProperty('receptiveFields');
  const { receptiveFields = [], layers } = await summary({ receptiveField: true });
  expect(layers).toHaveLength(11);
  expect(receptiveFields).toHaveLength(8);
  expect(receptiveFields[6]).toMatchObject({ name: 'conv2d_4', kind: 'Conv2D', shape: [15, 15, 128] });
  expect(receptiveFields[6]?.field?.rows[14]).toEqual({ from: 112, to: 150, middle: 131 });
  const folder = join(workspace.folder, 'runs/first');
  const ofRun = await summary({ model: folder, receptiveField: true });
  const ofFile = await summary({ model: join(folder, 'epoch-0003/model.json'), receptiveField: true });
  expect(ofRun.receptiveFields?.[0]?.field?.rows[0]).toEqual({ from: 0, to: 3, middle: 1.5 });
  expect(ofFile.receptiveFields).toEqual(ofRun.receptiveFields);
});

test('printed are what a cell sees, how far apart cells lie, and what no cell sees', async () => {
  const lines = formatSummary(await summary({ receptiveField: true }));
  expect(lines.slice(-9).map((line) => line.split(/ {2,}/))).toEqual([
    ['Layer (type)', 'Maps', 'A cell sees', 'Step', 'Pixels that any cell sees'],
    ['conv2d_1 (Conv2D)', '148 x 148', '3 x 3', '1', '0 to 149'],
    ['max_pooling2d_1 (MaxPooling2D)', '74 x 74', '4 x 4', '2', '0 to 149'],
    ['conv2d_2 (Conv2D)', '72 x 72', '8 x 8', '2', '0 to 149'],
    ['max_pooling2d_2 (MaxPooling2D)', '36 x 36', '10 x 10', '4', '0 to 149'],
    ['conv2d_3 (Conv2D)', '34 x 34', '18 x 18', '4', '0 to 149'],
    ['max_pooling2d_3 (MaxPooling2D)', '17 x 17', '22 x 22', '8', '0 to 149'],
    ['conv2d_4 (Conv2D)', '15 x 15', '38 x 38', '8', '0 to 149'],
    ['max_pooling2d_4 (MaxPooling2D)', '7 x 7', '46 x 46', '16', '0 to 141'],
  ]);
});

test('a layer that may see everything, and one whose size is open, say so', () => {
  const [every, open] = [
    [1, 1, 4],
    [null, null, 4],
  ];
  const layer = { kind: 'GlobalAveragePooling2D', field: null };
  const receptiveFields = [
    { ...layer, name: 'mean', shape: every },
    { ...layer, name: 'open', shape: open },
  ];
  const lines = formatSummary({ layers: [], parameterCount: 0, trainableParameterCount: 0, receptiveFields });
  expect(lines.slice(-2).map((line) => line.split(/ {2,}/).slice(1))).toEqual([
    ['1 x 1', 'may see everything'],
    ['any x any', 'the size is open'],
  ]);
});
