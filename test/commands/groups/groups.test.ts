import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { type Color, createRaster, fillRectangle, type Raster } from '../../../src/base/raster.js';
import { groups } from '../../../src/commands/groups/index.js';
import type { GroupsOptions } from '../../../src/commands/groups/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import type { ChannelGroup, LayerGroups } from '../../../src/groups/report.js';
import { describeModel } from '../../../src/network/describe.js';
import { encodePng } from '../../../src/rendering/png.js';
import { saveRun } from '../../../src/runs/save-run.js';
import { runProgram } from '../../cli/run-program.js';
import { decodePng } from '../../helpers/decode-png.js';
import { makeCheckpoint, makeRunState } from '../../runs/run-fixture.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
const here = (...names: string[]) => join(workspace.folder, ...names);

/**
 * Images of 12 x 12 pixels; channels 0 and 2 of the first convolution give the red in the middle of its 3 x 3 pixels, the second twice
 * as strongly, channel 1 the blue, and channel 3 nothing; the second convolution has values below 0.
 */
async function savePaperRun(folder: string, change: (kernel: Float32Array) => unknown = () => undefined) {
  await selectBackend('cpu');
  const kernel = new Float32Array(3 * 3 * 3 * 4);
  const middle = 4 * 3 * 4;
  kernel[middle] = 1;
  kernel[middle + 2] = 2;
  kernel[middle + 2 * 4 + 1] = 1;
  change(kernel);
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...{ name: 'colors', filters: 4, kernelSize: 3, activation: 'relu', useBias: false, inputShape: [12, 12, 3] },
        weights: [tf.tensor(kernel, [3, 3, 3, 4])],
      }),
      tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      tf.layers.conv2d({
        name: 'signed',
        filters: 2,
        kernelSize: 1,
        kernelInitializer: 'ones',
        biasInitializer: 'ones',
      }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ name: 'dense', units: 1, activation: 'sigmoid' }),
    ],
  });
  model.getLayer('signed').setWeights([tf.fill([1, 1, 4, 2], -1), tf.fill([2], 0.1)]);
  const state = makeRunState({ model: describeModel(model) });
  await saveRun(
    folder,
    model,
    state,
    { checkpoint: makeCheckpoint(1, 2), best: { monitor: 'val_loss', value: 0.5 } },
    undefined,
  );
  model.dispose();
}

/** An image of 36 x 24 pixels without red and blue, with what the network sees as one pixel in a color. */
function drawImage(...dots: [row: number, column: number, color: Color][]): Raster {
  const raster = createRaster(36, 24, [0, 60, 0]);
  for (const [row, column, color] of dots) fillRectangle(raster, 3 * column, 2 * row, 3, 2, color);
  return raster;
}

function write(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

beforeAll(async () => {
  workspace = await makeWorkspace();
  await savePaperRun(here('paper'));
  write(here('pets/cats/a.png'), encodePng(drawImage([3, 4, [200, 0, 0]], [8, 2, [100, 0, 0]])));
  write(here('pets/cats/b.png'), encodePng(drawImage([1, 1, [250, 0, 0]])));
  write(here('pets/dogs/c.png'), encodePng(drawImage([5, 5, [0, 0, 240]], [10, 10, [50, 0, 0]])));
  write(here('pets/dogs/d.png'), encodePng(drawImage([2, 7, [0, 0, 120]])));
});

afterAll(() => workspace.remove());

const find = (change: Partial<GroupsOptions> = {}) =>
  groups({
    data: here('pets'),
    model: here('paper'),
    backend: 'cpu',
    layers: ['colors'],
    groups: 2,
    out: here('out'),
    ...change,
  });

test('channels that fire together are a group, with their weights, patches and class', async () => {
  const events: WorkflowEvent[] = [];
  const { report, files } = await find({ onEvent: (event) => events.push(event) });
  expect(report).toMatchObject({ format: 'cnnviz-groups', seed: 1, data: { imageCount: 4, badImageCount: 0 } });
  const [layer] = report.layers as [LayerGroups];
  expect(layer).toMatchObject({
    ...{ name: 'colors', shape: [1, 10, 10, 4], field: { height: 3, width: 3 }, sheet: '01-colors-groups.png' },
    ...{ sampledPlaceCount: 400, placeCount: 400, nonFiniteImageCount: 0 },
  });
  expect(files).toEqual(['groups.json', '01-colors-groups.png', 'manifest.json']);
  // Two groups are all there is; by chance red and blue would need more.
  expect(layer.share).toBeCloseTo(1, 6);
  expect(layer.sampleShare).toBeCloseTo(1, 6);
  expect(layer.shuffledShare).toBeLessThan(0.99);
  const [red, blue] = layer.groups as [ChannelGroup, ChannelGroup];
  expect(red.channels.map(({ channel }) => channel)).toEqual([2, 0]);
  expect(red.channels[0]?.weight).toBeCloseTo(2 / Math.sqrt(5), 6);
  expect(red.channels[1]?.weight).toBeCloseTo(1 / Math.sqrt(5), 6);
  expect(blue.channels).toEqual([{ channel: 1, weight: 1 }]);
  expect([red.number, red.color, blue.number, blue.color]).toEqual([1, '#e69f00', 2, '#0072b2']);
  // Three parts of each red, one of each blue.
  expect(red.part).toBeCloseTo((3 * 600) / (3 * 600 + 360), 5);
  expect(red.part + blue.part).toBeCloseTo(1, 10);
  expect([red.tells, red.auc, blue.tells, blue.auc]).toEqual([0, 1, 1, 1]);
  const listed = ({ patches }: ChannelGroup) => patches.map(({ path, cell }) => [path, cell?.row, cell?.column]);
  expect(listed(red)).toEqual([
    ['cats/b.png', 0, 0],
    ['cats/a.png', 2, 3],
    ['dogs/c.png', 9, 9],
  ]);
  expect(listed(blue)).toEqual([
    ['dogs/c.png', 4, 4],
    ['dogs/d.png', 1, 6],
  ]);
  expect(red.patches[0]?.value).toBeCloseTo((250 / 255) * Math.sqrt(5), 5);
  expect(JSON.parse(readFileSync(here('out/groups.json'), 'utf8'))).toEqual(report);
  expect(events.filter(({ type }) => type === 'stage').map((event) => 'stage' in event && event.stage)).toContain(
    'grouping',
  );
});

test('on the sheet an image has the color of the strongest group at each place, and gray elsewhere', async () => {
  const { report } = await find({ images: 4 });
  const [layer] = report.layers as [LayerGroups];
  const sheet = decodePng(readFileSync(here('out/01-colors-groups.png')));
  expect(layer.images.map(({ path }) => path)).toEqual(['cats/a.png', 'cats/b.png', 'dogs/c.png', 'dogs/d.png']);
  const { tile } = layer.images[2] as LayerGroups['images'][0];
  expect([tile.width, tile.height]).toEqual([150, 100]);
  /** Of the middle of what the network sees as a pixel. */
  const pixelAt = (row: number, column: number) => {
    const [x, y] = [
      Math.floor(tile.left + ((column + 0.5) / 12) * 150),
      Math.floor(tile.top + ((row + 0.5) / 12) * 100),
    ];
    return [...sheet.data.subarray((y * sheet.width + x) * 4).subarray(0, 3)] as [number, number, number];
  };
  const [red, green, blue] = pixelAt(5, 5);
  expect(blue - red).toBeGreaterThan(40);
  expect(blue).toBeGreaterThan(green);
  const [ground] = [pixelAt(2, 2)];
  expect(new Set(ground).size).toBe(1);
});

test('a seed gives the same bytes, whatever the size of batches', async () => {
  await find();
  await find({ out: here('again'), batchSize: 3 });
  for (const name of readdirSync(here('out')).filter((file) => file !== 'manifest.json')) {
    expect(readFileSync(here('again', name)).equals(readFileSync(here('out', name))), name).toBe(true);
  }
});

test('the last layer with maps that ends in a relu is grouped unless others are asked for', async () => {
  const byDefault = await find({ layers: undefined as never });
  expect(byDefault.report.layers.map(({ name }) => name)).toEqual(['colors']);
  await expect(find({ layers: ['signed'] })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(
      /^layers: expected layers with nothing below 0, as a relu puts out, signed has -\d\S* on cats\/a\.png$/,
    ),
    hint: 'Layers that end in a relu: colors, pool.',
  });
  await expect(find({ layers: ['colors', 'dense'] })).rejects.toMatchObject({
    ...{ code: 'BAD_ARGUMENT', message: 'layers: expected layers with maps, dense has none' },
    hint: 'Layers with maps: colors, pool, signed.',
  });
  const { report } = await find({ layers: 2 });
  expect(report.layers.map(({ name }) => name)).toEqual(['colors', 'pool']);
});

test('a layer that is 0 everywhere has no share, and the command says so', async () => {
  await savePaperRun(here('dead'), (kernel) => kernel.fill(0));
  const { report } = await find({ model: here('dead') });
  expect(report.layers[0]).toMatchObject({
    ...{ share: null, sampleShare: null, shuffledShare: null, shuffledRecurrences: [], groups: [] },
    ...{ placeCount: 400, nonFiniteImageCount: 0 },
  });
  const args = ['groups', 'pets', '--model', 'dead', '--backend', 'cpu'];
  const { stdout, exitCode } = await runProgram(args, { cwd: workspace.folder });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^colors: outputs nothing but 0 on these images: there is nothing to group$/m);
  expect(stdout).not.toMatch(/ %/);
});

test('an image with NaN is left out, a folder without classes has none, and a bad image is skipped', async () => {
  await savePaperRun(here('broken'), (kernel) => {
    kernel.fill(Number.POSITIVE_INFINITY, 4 * 3 * 4 + 3, 4 * 3 * 4 + 4);
  });
  write(here('flat/a.png'), encodePng(drawImage([3, 4, [200, 0, 0]])));
  write(here('flat/b.png'), 'not a picture');
  await expect(find({ data: here('flat'), model: here('broken') })).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringContaining('layer colors outputs NaN or infinity on every image'),
  });
  const { report } = await find({ data: here('flat') });
  expect(report).toMatchObject({ classes: [], data: { imageCount: 1, badImageCount: 1 } });
  expect(report.layers[0]?.groups.map(({ tells }) => tells)).toEqual([null]);
  expect(report.layers[0]?.images.map(({ path }) => path)).toEqual(['a.png']);
});

test('the command says how much is explained, and what each group is', async () => {
  const args = ['groups', 'pets', '--model', 'paper', '--layers', 'colors', '--groups', '2', '--backend', 'cpu'];
  const { stdout, exitCode } = await runProgram(args, { cwd: workspace.folder });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^colors: (over )?\S+ % of the activity explained$/m);
  expect(stdout).toMatch(/^shuffled, so that .* by chance alone: \S+ % \(not shuffled: .* %\), found again \S+/m);
  expect(stdout).toMatch(/^1 +83\.3 % +1\.00 +cats, AUC 1\.00 +2, 0$/m);
  expect(stdout).toMatch(/^2 +16\.7 % +1\.00 +dogs, AUC 1\.00 +1$/m);
});
