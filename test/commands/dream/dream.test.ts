import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { createRaster, fillRectangle } from '../../../src/base/raster.js';
import { channels } from '../../../src/commands/channels/index.js';
import { dream } from '../../../src/commands/dream/index.js';
import type { DreamOptions } from '../../../src/commands/dream/options.js';
import type { DreamResult } from '../../../src/commands/dream/result.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { loadNetwork } from '../../../src/commands/shared/load-network.js';
import { train } from '../../../src/commands/train/index.js';
import { writeNewFolder } from '../../../src/disk/files.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodeModel } from '../../../src/network/store.js';
import { encodePng } from '../../../src/rendering/png.js';
import { runCommandLine } from '../../helpers/run-command-line.js';

let folder: string;
let model: string;
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-dream-')));
  await sampleData({ dir: at('pets'), imageSize: 32, train: 8, validation: 10, test: 2 });
  const small = { imageSize: 16, filters: [4, 6], dense: 20, epochs: 2, learningRate: 1e-3 };
  ({ path: model } = await train({ data: at('pets'), out: at('run'), backend: 'cpu', ...small }));
  return () => fs.rm(folder, { recursive: true });
});

const call = (out: string, options: DreamOptions = {}) =>
  dream({ model, backend: 'cpu', out: at(out), steps: 6, layers: ['conv2d_2'], channels: [0, 2, 3], ...options });

const keepWarnings = (warnings: string[]) => (event: WorkflowEvent) =>
  event.type === 'warning' && warnings.push(event.message);

/** The bytes of every file of a folder. */
const read = (out: string) =>
  Object.fromEntries(
    readdirSync(at(out))
      .sort()
      .map((name) => [name, readFileSync(at(out, name)).toString('base64')]),
  );

test('a dream reaches what the network makes of its file, beside what any validation image does', async () => {
  const { dreams, comparedWith, files, madeCount } = await call('one');
  expect(dreams.map(({ layer, index, file }) => [layer, index, file])).toEqual(
    [0, 2, 3].map((index) => ['conv2d_2', index, `03-conv2d_2-channel-${index}.png`]),
  );
  expect([madeCount, comparedWith]).toEqual([3, { path: at('pets'), split: 'validation', imageCount: 20 }]);
  expect(files).toEqual([...dreams.map(({ file }) => file), '03-conv2d_2-dreams.png', 'manifest.json']);
  const { network, readInput, dispose } = await loadNetwork({ model, backend: 'cpu' });
  const measure = async (path: string) => (await network.measure(await readInput(path), 1, ['conv2d_2']))[0];
  const images = ['cats', 'dogs'].flatMap((name) =>
    readdirSync(at('pets/validation', name)).map((file) => at('pets/validation', name, file)),
  );
  const measured = await Promise.all(images.map(measure));
  for (const { index, file, reached, highest, exceeds } of dreams) {
    const own = await measure(at('one', file));
    expect(own?.means[index]).toBeCloseTo(reached.mean, 6);
    expect(own?.maxima[index]).toBeCloseTo(reached.max, 6);
    const mean = Math.max(...measured.map((each) => each?.means[index] as number));
    const max = Math.max(...measured.map((each) => each?.maxima[index] as number));
    expect(highest?.mean).toBeCloseTo(mean, 6);
    expect(highest?.max).toBeCloseTo(max, 6);
    expect(exceeds).toBe(reached.mean > mean && reached.max >= max);
  }
  dispose();
});

test('a channel that is done is not done again, and an interrupted call goes on where it was', async () => {
  const whole = await call('whole', { batchSize: 1, npy: true });
  const stop = new AbortController();
  const done: number[] = [];
  const onEvent = (event: WorkflowEvent) => {
    if (event.type === 'dream') done.push(event.index);
    if (event.type === 'dream' && event.index === 2) stop.abort();
  };
  const cut = call('cut', { batchSize: 1, npy: true, onEvent, signal: stop.signal });
  await expect(cut).rejects.toMatchObject({ code: 'ABORTED' });
  expect(done).toEqual([0, 2]);
  expect(readdirSync(at('cut')).filter((name) => name.endsWith('.npy'))).toHaveLength(2);
  const before = statSync(at('cut/03-conv2d_2-channel-0.png'));
  const resumed = await call('cut', { batchSize: 1, npy: true });
  expect(resumed.madeCount).toBe(1);
  const { ino, mtimeMs } = statSync(at('cut/03-conv2d_2-channel-0.png'));
  expect([ino, mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(resumed.dreams).toEqual(whole.dreams);
  expect(read('cut')).toEqual(read('whole'));
  expect((await call('cut', { batchSize: 1, npy: true })).madeCount).toBe(0);
});

test('a call that ends between two batches goes on with what is missing of them', async () => {
  const stop = new AbortController();
  const onEvent = (event: WorkflowEvent) => event.type === 'dream' && event.index === 1 && stop.abort();
  const options = { channels: [0, 1, 2, 3, 4], batchSize: 2 };
  await expect(call('batches', { ...options, onEvent, signal: stop.signal })).rejects.toMatchObject({
    code: 'ABORTED',
  });
  const before = read('batches');
  expect(Object.keys(before)).toEqual([...['03-conv2d_2-channel-0.png', '03-conv2d_2-channel-1.png', 'manifest.json']]);
  const resumed = await call('batches', options);
  expect([resumed.madeCount, resumed.dreams.map(({ index }) => index)]).toEqual([3, [0, 1, 2, 3, 4]]);
  expect(read('batches')).toMatchObject({
    '03-conv2d_2-channel-0.png': before['03-conv2d_2-channel-0.png'],
    '03-conv2d_2-channel-1.png': before['03-conv2d_2-channel-1.png'],
  });
});

test('other channels, layers and classes join what is there; another recipe takes its place', async () => {
  await call('joined', { channels: [1] });
  await call('joined', { channels: [4] });
  const all = await call('joined', { layers: ['conv2d_1'], channels: 'all', classes: ['dogs', 0] });
  const names = all.dreams.map(({ layer, index, className }) => className ?? `${layer} ${index}`);
  const first = [0, 1, 2, 3].map((index) => `conv2d_1 ${index}`);
  expect(names).toEqual([...first, 'conv2d_2 1', 'conv2d_2 4', 'cats', 'dogs']);
  expect(all.files.filter((name) => name.endsWith('dreams.png'))).toEqual([
    ...['01-conv2d_1-dreams.png', '03-conv2d_2-dreams.png', 'classes-dreams.png'],
  ]);
  const [cats, dogs] = all.dreams.slice(-2);
  expect([cats?.file, dogs?.file]).toEqual(['class-0-cats.png', 'class-1-dogs.png']);
  const { network, readInput, dispose } = await loadNetwork({ model, backend: 'cpu' });
  const scoreOf = async (file = '') =>
    (await network.computeScores(await readInput(at('joined', file)))).scores[0] ?? NaN;
  expect(await scoreOf(dogs?.file)).toBeCloseTo(dogs?.reached.mean as number, 5);
  expect(await scoreOf(cats?.file)).toBeCloseTo(-(cats?.reached.mean as number), 5);
  dispose();
  const warnings: string[] = [];
  const plain = await call('joined', { plain: true, channels: [5], onEvent: keepWarnings(warnings) });
  expect(warnings).toEqual([
    `8 dreams of another network or recipe in ${at('joined')} are replaced; --out for another folder`,
  ]);
  expect(plain.dreams.map(({ index }) => index)).toEqual([5]);
  expect(readdirSync(at('joined')).sort()).toEqual([
    ...['03-conv2d_2-channel-5.png', '03-conv2d_2-dreams.png', 'manifest.json'],
  ]);
});

test("the run's channel report says what images reach and which channels are chosen", async () => {
  await channels({ model, backend: 'cpu', data: at('pets'), split: 'train', out: at('run/channels') });
  const events: WorkflowEvent[] = [];
  const { dreams, comparedWith } = await dream({
    ...{ model, backend: 'cpu', out: at('reported'), steps: 1 },
    onEvent: (event) => events.push(event),
  });
  expect(comparedWith).toEqual({ path: at('pets'), split: 'train', imageCount: 16 });
  expect(dreams.map(({ layer, index }) => [layer, index])).toEqual(
    [0, 1, 2, 3, 4, 5].map((index) => ['conv2d_2', index]),
  );
  expect(events.some(({ type }) => type === 'evaluation-step')).toBe(false);
  const report = JSON.parse(readFileSync(at('run/channels/channels.json'), 'utf8'));
  const measured = report.layers.find(({ name }: { name: string }) => name === 'conv2d_2').channels[3];
  expect(dreams[3]?.highest).toEqual({ mean: measured.strongestImage.mean, max: measured.max });
  const unchosen = { model, backend: 'cpu', layers: ['dense_1'], steps: 1 } satisfies DreamOptions;
  const indexes = ({ dreams }: DreamResult) => dreams.map(({ index }) => index);
  const chosen = indexes(await dream({ ...unchosen, out: at('chosen') }));
  expect(chosen).not.toEqual(Array.from({ length: 16 }, (_, unit) => unit));
  const beside = await dream({ ...unchosen, out: at('beside'), data: at('pets/test') });
  expect([indexes(beside), beside.comparedWith?.imageCount]).toEqual([chosen, 4]);
  await fs.rm(at('run/channels'), { recursive: true });
});

test('a report on images that were preprocessed otherwise is not compared with', async () => {
  const split = async (options: DreamOptions) => (await call('scaled', { steps: 1, ...options })).comparedWith?.split;
  await channels({ model, backend: 'cpu', data: at('pets'), split: 'train', out: at('run/channels') });
  expect(await split({})).toBe('train');
  expect(await split({ preprocess: 'raw' })).toBe('validation');
  await channels({ model, backend: 'cpu', data: at('pets'), split: 'train', out: at('run/channels'), fit: 'crop' });
  expect(await split({})).toBe('validation');
  expect(await split({ fit: 'crop' })).toBe('train');
  await fs.rm(at('run/channels'), { recursive: true });
});

test('a channel with an upper bound, which images reach in places, is exceeded where the picture reaches it everywhere', async () => {
  const [dreamed] = (await call('bounded', await oneChannel('relu6', 13))).dreams;
  expect([dreamed?.reached, dreamed?.highest?.max, dreamed?.exceeds]).toEqual([{ mean: 6, max: 6 }, 6, true]);
  expect(dreamed?.highest?.mean).toBe(3);
});

test('a network that outputs no numbers is refused, with images and without', async () => {
  const refused = { code: 'BAD_MODEL', message: expect.stringMatching(/one #0 is NaN or infinite on/) };
  const { data, ...broken } = await oneChannel('broken', Number.NaN);
  await expect(call('refused', { ...broken, data })).rejects.toMatchObject(refused);
  await expect(call('refused', broken)).rejects.toMatchObject(refused);
  expect(readdirSync(folder)).not.toContain('refused');
});

test('an ascent without a gradient never began, which is printed; with a slope below 0 it begins', async () => {
  const silent = await oneChannel('silent', -1);
  expect((await call('sloped', silent)).dreams[0]?.began).toBe(true);
  const args = ['dream', '--model', at('silent'), '--backend', 'cpu', '--layers', 'one', '--data', silent.data];
  const { stdout } = await runCommandLine([...args, '--steps', '1', '--plain', '--out', at('flat')]);
  expect(stdout).toMatch(/one #0 +mean 0, largest 0; images at most 0 and 0: never began \(no gradient\)/);
  expect(stdout).toContain('0 of 1 reach more than any of 1 image, 1 never began.');
});

/** A network of one channel, red times a weight, from 0 to 6. */
async function oneChannel(name: string, weight: number) {
  const convolution = tf.layers.conv2d({
    ...{ inputShape: [16, 16, 3], filters: 1, kernelSize: 1, useBias: false, activation: 'relu6', name: 'one' },
    weights: [tf.tensor4d([weight, 0, 0], [1, 1, 3, 1])],
  });
  await writeNewFolder(at(name), encodeModel(tf.sequential({ layers: [convolution] })));
  const half = createRaster(16, 16, [255, 255, 255]);
  fillRectangle(half, 0, 0, 8, 16, [0, 0, 0]);
  await writeNewFolder(at(`${name}-images`), { 'half.png': encodePng(half) });
  return { model: at(name), layers: ['one'], channels: [0], data: at(`${name}-images`) };
}

test('photos that cannot be read are reported, and not counted', async () => {
  await fs.cp(at('pets/test'), at('photos'), { recursive: true });
  writeFileSync(at('photos/cats/bad.jpg'), 'no photo');
  const bad: string[] = [];
  const onEvent = (event: WorkflowEvent) => event.type === 'bad-image' && bad.push(event.path);
  const { comparedWith } = await call('bad', { data: at('photos'), steps: 1, onEvent });
  expect([bad, comparedWith?.imageCount]).toEqual([[at('photos/cats/bad.jpg')], 4]);
});

test("validation images that are gone are counted, and the run's others are compared with", async () => {
  const first = at('pets/validation/cats', readdirSync(at('pets/validation/cats'))[0] as string);
  await fs.rename(first, at('gone'));
  const warnings: string[] = [];
  const { comparedWith } = await call('missing', { steps: 1, onEvent: keepWarnings(warnings) });
  expect(comparedWith?.imageCount).toBe(19);
  expect(warnings).toEqual([`1 of the run's 20 validation images are no longer in ${at('pets')}`]);
  await fs.rename(at('gone'), first);
});

test('without images nothing is compared, and that is said', async () => {
  await fs.cp(join(model, readdirSync(model).find((name) => name.startsWith('epoch-')) as string), at('copied'), {
    recursive: true,
  });
  const notes: string[] = [];
  const onEvent = (event: WorkflowEvent) => event.type === 'note' && notes.push(event.message);
  const { dreams, comparedWith } = await call('uncompared', { model: at('copied'), channels: [0], onEvent });
  expect([comparedWith, dreams[0]?.highest, dreams[0]?.exceeds]).toEqual([null, null, null]);
  expect(notes.join()).toContain('no images to compare with');
});

test('what the network does not have is refused before anything is done', async () => {
  await expect(call('no', { channels: [6] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(call('no', { layers: ['conv2d_3'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(call('no', { classes: ['birds'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(call('no', { data: at('nowhere') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(call('pets')).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect(readdirSync(folder)).not.toContain('no');
});

test('a damaged manifest, or one that names files elsewhere, counts for nothing', async () => {
  await call('odd', { channels: [0] });
  const manifest = JSON.parse(readFileSync(at('odd/manifest.json'), 'utf8'));
  manifest.dreams[0].file = '../one/manifest.json';
  writeFileSync(at('odd/manifest.json'), JSON.stringify(manifest));
  const warnings: string[] = [];
  expect((await call('odd', { channels: [0], onEvent: keepWarnings(warnings) })).madeCount).toBe(1);
  expect(warnings).toEqual([expect.stringMatching(/the results in .*odd are replaced \(manifest\.json: .*--out/)]);
});

test('the command line prints what each reaches, and how many are above images', async () => {
  const args = [
    'dream',
    '--model',
    model,
    '--backend',
    'cpu',
    '--layers',
    'conv2d_2',
    '--channels',
    '0-1',
    '--steps',
    '2',
  ];
  const { exitCode, stdout } = await runCommandLine([...args, '--class', 'cats', '--out', at('printed')]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/ conv2d_2 #1 +mean \S+, largest \S+; images at most \S+ and \S+/);
  expect(stdout).toMatch(/ cats +score \S+; images at most \S+/);
  expect(stdout).toMatch(/\d of 3 reach more than any of 20 validation images\./);
});

test('two calls do not dream into one folder at once, and a call that ended leaves it to the next', async () => {
  const stop = new AbortController();
  let first: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    const onEvent = ({ type }: WorkflowEvent) => type === 'ascent-step' && resolve();
    first = call('shared', { steps: 100_000, signal: stop.signal, onEvent });
  });
  await expect(call('shared', { channels: [1] })).rejects.toMatchObject({
    ...{
      code: 'NOT_WRITABLE',
      message: expect.stringMatching(/shared: another process.* is dreaming into this folder/),
    },
  });
  stop.abort();
  await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
  await call('shared');
  const { dreams, madeCount } = await call('shared', { channels: [0, 1] });
  expect([dreams.length, madeCount]).toEqual([4, 1]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
});
