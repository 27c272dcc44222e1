import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { type Color, createRaster, fillRectangle, type Raster } from '../../../src/base/raster.js';
import { patches } from '../../../src/commands/patches/index.js';
import { mergePatches } from '../../../src/commands/patches/merge-patches.js';
import type { PatchesOptions } from '../../../src/commands/patches/options.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { describeModel } from '../../../src/network/describe.js';
import type { ChannelPatches, PatchReport, Rectangle } from '../../../src/patches/report.js';
import { encodePng } from '../../../src/rendering/png.js';
import { saveRun } from '../../../src/runs/save-run.js';
import { runProgram } from '../../cli/run-program.js';
import { decodePng } from '../../helpers/decode-png.js';
import { runCommandLineIn } from '../../helpers/run-command-line.js';
import { makeCheckpoint, makeRunState } from '../../runs/run-fixture.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
const here = (...names: string[]) => join(workspace.folder, ...names);

/** Where the kernel's middle begins. */
const middle = (3 + 1) * 9;

/**
 * Images of 12 x 12 pixels; channel 0 of the convolution gives the red in the middle of its 3 x 3 pixels, channel 1 the blue, and
 * channel 2 nothing.
 */
async function savePaperRun(
  folder: string,
  change: (kernel: Float32Array) => unknown = () => undefined,
  activation: 'relu' | 'relu6' = 'relu',
): Promise<void> {
  await selectBackend('cpu');
  const kernel = new Float32Array(3 * 3 * 3 * 3);
  kernel[middle] = 1;
  kernel[middle + 2 * 3 + 1] = 1;
  change(kernel);
  const convolution = tf.layers.conv2d({
    ...{ name: 'colors', filters: 3, kernelSize: 3, activation, useBias: false, inputShape: [12, 12, 3] },
    weights: [tf.tensor(kernel, [3, 3, 3, 3])],
  });
  const model = tf.sequential({
    layers: [
      convolution,
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ name: 'dense', units: 1, activation: 'sigmoid' }),
    ],
  });
  const state = makeRunState({ model: describeModel(model) });
  const saved = { checkpoint: makeCheckpoint(1, 2), best: { monitor: 'val_loss' as const, value: 0.5 } };
  await saveRun(folder, model, state, saved, undefined);
  model.dispose();
}

/** An image of 36 x 24 pixels, gray without red and blue, with what the network sees as one pixel in a color. */
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
  write(here('pets/cats/a.png'), encodePng(drawImage([3, 4, [200, 0, 0]])));
  write(here('pets/cats/b.png'), encodePng(drawImage([1, 1, [250, 0, 0]])));
  write(here('pets/cats/c.png'), encodePng(drawImage([8, 9, [200, 0, 0]])));
  write(here('pets/dogs/d.png'), encodePng(drawImage([5, 5, [0, 0, 240]], [10, 10, [50, 0, 0]])));
});

afterAll(() => workspace.remove());

async function find(change: Partial<PatchesOptions> = {}): Promise<PatchReport> {
  const { report } = await patches({
    ...{ data: here('pets'), model: here('paper'), backend: 'cpu', batchSize: 3, out: here('out') },
    ...change,
  });
  return report as PatchReport;
}

const firstLayer = ({ layers }: PatchReport) => (layers[0] as PatchReport['layers'][0]).channels;
const listed = ({ patches: all }: ChannelPatches) => all.map(({ path, value }) => [path, Math.round(value * 255)]);

test('each channel has its strongest patches, where they are, of equals the first file first', async () => {
  const events: WorkflowEvent[] = [];
  const report = await find({ onEvent: (event) => events.push(event) });
  expect(report).toMatchObject({
    ...{ data: { path: here('pets'), split: null, imageCount: 4, badImageCount: 0 }, count: 9 },
    input: { height: 12, width: 12, interpolation: 'nearest' },
    classes: [
      { className: 'cats', imageCount: 3 },
      { className: 'dogs', imageCount: 1 },
    ],
  });
  expect(report.layers.map(({ name, field, sheets }) => [name, field, sheets])).toEqual([
    ['colors', { height: 3, width: 3 }, ['01-colors-patches.png']],
  ]);
  const [red, blue, none] = firstLayer(report) as [ChannelPatches, ChannelPatches, ChannelPatches];
  expect([red.channel, red.tells, red.auc, red.firingImageCount]).toEqual([0, 0, 1, 4]);
  expect([blue.channel, blue.tells, blue.auc, blue.firingImageCount]).toEqual([1, 1, 1, 1]);
  expect([none.channel, none.tells, none.auc, none.patches]).toEqual([2, null, null, []]);
  expect(listed(red)).toEqual([
    ['cats/b.png', 250],
    ['cats/a.png', 200],
    ['cats/c.png', 200],
    ['dogs/d.png', 50],
  ]);
  expect(listed(blue)).toEqual([['dogs/d.png', 240]]);
  // Pixel 4 of row 3 lies in the middle of cell 3 of row 2, which sees pixels 3 to 5 of rows 2 to 4.
  expect(red.patches[1]).toMatchObject({
    ...{ className: 'cats', cell: { row: 2, column: 3 }, seen: { left: 3, top: 2, width: 3, height: 3 } },
    image: { left: 9, top: 4, width: 9, height: 6, imageWidth: 36, imageHeight: 24 },
  });
  expect(JSON.parse(readFileSync(here('out/patches.json'), 'utf8'))).toEqual(report);
  expect(events.filter(({ type }) => type === 'evaluation-step')).toHaveLength(2);
  expect(events.filter(({ type }) => type === 'picture-drawn')).toEqual([
    { type: 'picture-drawn', drawn: 4, total: 4 },
  ]);
});

test('a patch on the sheet is that part of the image, in its own proportions', async () => {
  const report = await find();
  const sheet = decodePng(readFileSync(here('out/01-colors-patches.png')));
  const tile = firstLayer(report)[0]?.patches[1]?.tile as Rectangle;
  expect([tile.width, tile.height]).toEqual([72, 48]);
  const pixelAt = (column: number, row: number) => {
    const at = ((tile.top + row) * sheet.width + tile.left + column) * 4;
    return [...sheet.data.subarray(at, at + 3)];
  };
  // The dot is the middle third, along both sides.
  const [ground, dot] = [
    [0, 60, 0],
    [200, 0, 0],
  ];
  expect([pixelAt(23, 24), pixelAt(24, 24), pixelAt(47, 31)]).toEqual([ground, dot, dot]);
  expect([pixelAt(48, 31), pixelAt(36, 15)]).toEqual([ground, ground]);
});

test('which channels are drawn, and how many patches they have, is up to the caller', async () => {
  const report = await find({ channels: [1], count: 2 });
  const [red, blue] = firstLayer(report);
  expect(red?.patches.map(({ path, tile }) => [path, tile])).toEqual([
    ['cats/b.png', null],
    ['cats/a.png', null],
  ]);
  expect(blue?.patches[0]?.tile).not.toBeNull();
  expect([red?.sheet, blue?.sheet]).toEqual([null, '01-colors-patches.png']);
  const first = firstLayer(await find({ top: 1 })).map(({ patches: all }) => all.map(({ tile }) => tile !== null));
  expect(first).toEqual([[true, true, true, true], [false], []]);
  await expect(find({ channels: [3] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('shards add up to one pass, byte by byte, in any order', async () => {
  await find();
  const shards: string[] = [];
  for (const index of [3, 1, 2]) {
    const out = here(`part-${index}.shard`);
    await patches({ data: here('pets'), model: here('paper'), backend: 'cpu', batchSize: 3, shard: `${index}/3`, out });
    shards.push(out);
  }
  await mergePatches({ shards, out: here('merged') });
  const files = readdirSync(here('out')).filter((name) => name !== 'manifest.json');
  expect(readdirSync(here('merged')).filter((name) => name !== 'manifest.json')).toEqual(files);
  for (const name of files) {
    expect(readFileSync(here('merged', name)).equals(readFileSync(here('out', name))), name).toBe(true);
  }
  await expect(mergePatches({ shards: shards.slice(1), out: here('merged') })).rejects.toMatchObject({
    ...{ code: 'BAD_ARGUMENT', message: 'shards: 1 of 3 are missing: 3' },
  });
  const other = here('other.shard');
  await patches({ data: here('pets'), model: here('paper'), backend: 'cpu', count: 2, shard: '3/3', out: other });
  await expect(mergePatches({ shards: [...shards.slice(1), other], out: here('merged') })).rejects.toMatchObject({
    message: expect.stringContaining('expected the number of patches of'),
  });
});

test('the batch size changes nothing', async () => {
  const report = await find();
  expect((await find({ batchSize: 1 })).layers).toEqual(report.layers);
  expect((await find({ batchSize: 20 })).layers).toEqual(report.layers);
});

test('images that have moved are found where --data says, and those that are gone are named', async () => {
  const settings = { data: here('pets'), model: here('paper'), backend: 'cpu', shard: '1/1' } as const;
  await patches({ ...settings, out: here('moved.shard') });
  renameSync(here('pets'), here('elsewhere'));
  try {
    const merged = { shards: [here('moved.shard')], out: here('moved') };
    await expect(mergePatches(merged)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('--data'),
    });
    const { report } = await mergePatches({ ...merged, data: here('elsewhere') });
    expect(listed(firstLayer(report as PatchReport)[1] as ChannelPatches)).toEqual([['dogs/d.png', 240]]);
    renameSync(here('elsewhere/cats/b.png'), here('b.png'));
    await expect(mergePatches({ ...merged, data: here('elsewhere') })).rejects.toMatchObject({ code: 'BAD_IMAGE' });
    renameSync(here('b.png'), here('elsewhere/cats/b.png'));
  } finally {
    renameSync(here('elsewhere'), here('pets'));
  }
});

test('a rotated image is cut as the network got it', async () => {
  const raster = drawImage([2, 10, [255, 0, 0]]);
  const jpeg = await sharp(raster.data, { raw: { width: 36, height: 24, channels: 4 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  write(here('turned/one.jpg'), jpeg);
  const placeOf = async (autoOrient: boolean) => {
    const [red] = firstLayer(await find({ data: here('turned'), autoOrient }));
    return red?.patches[0]?.image;
  };
  // Stored: columns 30 to 32 and rows 4 and 5. Upright, turned to the right: columns 18 and 19, rows 30 to 32.
  expect(await placeOf(false)).toEqual({
    left: 27,
    top: 2,
    width: 9,
    height: 6,
    imageWidth: 36,
    imageHeight: 24,
  });
  expect(await placeOf(true)).toEqual({
    left: 16,
    top: 27,
    width: 6,
    height: 9,
    imageWidth: 24,
    imageHeight: 36,
  });
});

test('with bars beside it, or its middle alone, an image is cut where the network saw it', async () => {
  const wide = createRaster(48, 24, [0, 60, 0]);
  fillRectangle(wide, 24, 12, 2, 2, [255, 0, 0]);
  fillRectangle(wide, 4, 0, 4, 4, [0, 0, 255]);
  write(here('wide/one.png'), encodePng(wide));
  const [red] = firstLayer(await find({ data: here('wide'), fit: 'crop' }));
  expect(red?.patches[0]).toMatchObject({
    cell: { row: 5, column: 5 },
    image: { left: 22, top: 10, width: 6, height: 6 },
  });
  const padded = firstLayer(await find({ data: here('wide'), fit: 'pad', channels: [0, 1] }));
  const blue = padded.find(({ channel }) => channel === 1);
  // Rows 0 to 2 of the input are a bar: 12 pixels above the image.
  expect(blue?.patches[0]).toMatchObject({ cell: { row: 2 }, image: { top: 0, height: 8 } });
});

test('a folder without classes, an archive, and a bad image', async () => {
  mkdirSync(here('flat'));
  for (const name of ['a', 'b']) write(here(`flat/${name}.png`), readFileSync(here(`pets/cats/${name}.png`)));
  write(here('flat/broken.png'), 'not a picture');
  const flat = await find({ data: here('flat') });
  expect(flat).toMatchObject({ classes: [], data: { imageCount: 2, badImageCount: 1 } });
  expect(firstLayer(flat)[0]).toMatchObject({
    tells: null,
    patches: [{ path: 'b.png', className: null }, { path: 'a.png' }],
  });
  execFileSync('tar', ['-cf', here('pets.tar'), '-C', here('pets'), '.']);
  const archived = await find({ data: here('pets.tar') });
  expect(firstLayer(archived)[0]?.patches.map(({ value }) => value)).toEqual(
    firstLayer(await find())[0]?.patches.map(({ value }) => value),
  );
});

test('of images that reach the end of an activation those are shown that the channel responds to more, whatever their class', async () => {
  await savePaperRun(here('bounded'), (kernel) => kernel.set(kernel.map((weight) => 10 * weight)), 'relu6');
  for (const index of [1, 2, 3]) {
    write(here(`ends/cats/${index}.png`), encodePng(drawImage([3, 4, [250, 0, 0]])));
    write(here(`ends/dogs/${index}.png`), encodePng(drawImage([3, 4, [250, 0, 0]], [8, index, [200, 0, 0]])));
  }
  const bounded = { data: here('ends'), model: here('bounded'), count: 2 };
  const report = await find(bounded);
  const [red] = firstLayer(report);
  expect(red).toMatchObject({ channel: 0, highestImageCount: 6, patches: [{ value: 6 }, { value: 6 }] });
  expect(red?.patches.map(({ path }) => path)).toEqual(['dogs/1.png', 'dogs/2.png']);
  const shards = [1, 2].map((index) => here(`ends-${index}.shard`));
  for (const [at, out] of shards.entries())
    await patches({ ...bounded, backend: 'cpu', batchSize: 3, shard: `${at + 1}/2`, out });
  const merged = await mergePatches({ shards, out: here('ends-merged') });
  expect(merged.report).toEqual(report);
});

test('NaN is named where it is, and a network that outputs nothing else is refused', async () => {
  await savePaperRun(here('broken'), (kernel) => kernel.fill(Number.NaN));
  const broken = { model: here('broken'), channels: [0, 1, 2] };
  await expect(find(broken)).rejects.toMatchObject({
    ...{ code: 'BAD_MODEL', message: expect.stringContaining('layer colors outputs NaN or infinity on every image') },
  });
  // Two bright dots side by side are more than a float can hold.
  await savePaperRun(here('overflowing'), (kernel) => {
    kernel[middle] = 3e38;
    kernel[middle + 9] = 3e38;
  });
  write(here('bright/a.png'), encodePng(drawImage([3, 4, [250, 0, 0]], [3, 5, [250, 0, 0]])));
  write(here('bright/b.png'), encodePng(drawImage()));
  const args = ['patches', 'bright', '--model', 'overflowing', '--backend', 'cpu'];
  const { stdout } = await runCommandLineIn({ cwd: workspace.folder }, args);
  expect(stdout).toMatch(/^layer +channels +a value sees +silent +NaN or infinity +first channels$/m);
  expect(stdout).toMatch(/^colors +3 +3 x 3 +2 +1 +0, 1, 2$/m);
  const [red] = firstLayer(await find({ data: here('bright'), model: here('overflowing') }));
  expect(red).toMatchObject({ channel: 0, nonFiniteImageCount: 1, firingImageCount: 0, patches: [] });
});

test('an image that was replaced after it was measured is not cut', async () => {
  const settings = { data: here('pets'), model: here('paper'), backend: 'cpu', shard: '1/1' } as const;
  await patches({ ...settings, out: here('replaced.shard') });
  const before = readFileSync(here('pets/cats/b.png'));
  write(here('pets/cats/b.png'), encodePng(drawImage([1, 1, [250, 0, 0]], [7, 7, [0, 9, 99]])));
  try {
    await expect(mergePatches({ shards: [here('replaced.shard')], out: here('replaced') })).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringMatching(/b\.png: another file than the one that was measured: \d+ bytes, not \d+ bytes$/),
    });
  } finally {
    write(here('pets/cats/b.png'), before);
  }
});

test('units of a layer without maps see the whole image', async () => {
  const { layers } = await find({ layers: ['dense'] });
  expect(layers[0]).toMatchObject({ name: 'dense', field: null });
  expect(layers[0]?.channels[0]?.patches[0]).toMatchObject({
    ...{ cell: null, seen: { left: 0, top: 0, width: 12, height: 12 } },
    image: { left: 0, top: 0, width: 36, height: 24 },
  });
});

test('stopping leaves an earlier result as it was, and nobody’s own files are replaced', async () => {
  await find();
  const before = readFileSync(here('out/patches.json'), 'utf8');
  const stop = new AbortController();
  const onEvent = ({ type }: WorkflowEvent) => type === 'picture-drawn' && stop.abort();
  const many = here('many');
  for (let index = 0; index < 20; index++) write(join(many, `${index}.png`), readFileSync(here('pets/cats/a.png')));
  await expect(find({ data: many, count: 20, signal: stop.signal, onEvent })).rejects.toMatchObject({
    ...{ code: 'ABORTED', message: 'stopped after 8 of 20 images' },
  });
  expect(readFileSync(here('out/patches.json'), 'utf8')).toBe(before);
  rmSync(many, { recursive: true });
  write(here('mine/notes.txt'), 'mine');
  await expect(find({ out: here('mine') })).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
});

test('cnnviz patches prints the layers, and leaves its result in the run', async () => {
  const settings = { cwd: workspace.folder };
  const run = (...args: string[]) => runCommandLineIn(settings, args);
  const line = ['patches', 'pets', '--model', 'paper', '--backend', 'cpu'];
  const { stdout, stderr, exitCode } = await runProgram(line, settings);
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout).toMatch(/^colors +3 +3 x 3 +1 +0 \(cats, AUC 1\.00\), 1 \(dogs, AUC 1\.00\), 2$/m);
  expect(stdout).toContain('Results: paper/patches');
  const shard = await run(...line, '--shard', '1/1');
  expect(shard.stdout).toContain('4 images measured, ready to merge: patches-1-of-1.shard');
  expect((await run('patches', 'merge', 'patches-1-of-1.shard')).stdout).toContain('Results: patches');
  const misuse = await run('patches', 'pets', '--shard', '1/2', '--top', '3');
  expect(misuse).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('error: --top: not supported by --shard; it is for "patches merge"\n'),
  });
});
