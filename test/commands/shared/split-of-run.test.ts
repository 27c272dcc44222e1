import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { channels } from '../../../src/commands/channels/index.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { predict } from '../../../src/commands/predict/index.js';
import type { WorkflowOptions } from '../../../src/commands/shared/events.js';
import { recognizeImages } from '../../../src/commands/shared/recognize-images.js';
import { chooseRunImages } from '../../../src/commands/shared/split-of-run.js';
import type { SplitChoice } from '../../../src/commands/shared/split-parts.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainResult } from '../../../src/commands/train/result.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { decodeDataList, encodeDataList } from '../../../src/runs/data-list.js';
import { findModel } from '../../../src/runs/find-model.js';
import { writePhotograph } from '../drawn-photographs.js';

let root: string;
let original: string;
let run: TrainResult;
/** a copy of what the run was trained on, for each test to change */
let data: string;

const SMALL = { backend: 'cpu', imageSize: 8, filters: [2], dense: 2, epochs: 1 } as const;

// 40 images, of which the run sets 8 aside.
beforeAll(async () => {
  root = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-held-')));
  original = join(root, 'original');
  for (const [index, name] of ['cats', 'dogs'].entries()) {
    for (let image = 0; image < 20; image++) writePhotograph(join(original, name, `${image}.png`), 100 * index + image);
  }
  run = await train({ ...SMALL, data: original, out: join(root, 'run') });
});

afterAll(() => fs.rm(root, { recursive: true }));

beforeEach(async () => {
  data = await fs.mkdtemp(join(root, 'data-'));
  await fs.cp(original, data, { recursive: true });
});

async function choose(wanted?: SplitChoice, folder = data) {
  const events: WorkflowEvent[] = [];
  const chosen = await chooseRunImages(folder, wanted, await findModel(run.path), {
    onEvent: (event) => events.push(event),
  });
  const { split, overlap, files } = chosen;
  return { split, overlap, names: files.map(({ path }) => relative(folder, path)).sort(), events };
}

const nothing = { newCount: 0, changedCount: 0, missingCount: 0 };

/** What the run has held out, by name in its data folder. */
async function readHeldOut(): Promise<string[]> {
  const { validation } = await decodeDataList(await fs.readFile(join(run.path, run.record.dataList as string)), 'x');
  return [...(validation?.files ?? [])].sort();
}

test('the images that were held out are those of the run, and not one that it was trained on', async () => {
  const heldOut = await readHeldOut();
  expect(heldOut).toHaveLength(8);
  const chosen = await choose();
  expect(chosen).toMatchObject({ split: 'validation', overlap: { trainedOn: 0, heldOut: 8, ...nothing } });
  expect(chosen.names).toEqual(heldOut);
});

test('images that were added later are counted and left out', async () => {
  for (const seed of [501, 502, 503]) writePhotograph(join(data, 'cats', `0-${seed}.png`), seed);
  expect(await choose()).toMatchObject({
    split: 'validation',
    names: await readHeldOut(),
    overlap: { trainedOn: 0, heldOut: 8, newCount: 3, changedCount: 0, missingCount: 0 },
  });
  expect(await choose('unseen')).toMatchObject({
    split: 'unseen',
    names: ['cats/0-501.png', 'cats/0-502.png', 'cats/0-503.png'],
    overlap: { trainedOn: 0, heldOut: 0, ...nothing },
  });
});

test("a folder that grew is evaluated and measured on the run's own images", async () => {
  for (const seed of [501, 502, 503]) writePhotograph(join(data, 'dogs', `a${seed}.png`), seed);
  const options = { data, model: run.path, backend: 'cpu' } as const;
  const events: WorkflowEvent[] = [];
  const result = await evaluate({ ...options, onEvent: (event) => events.push(event) });
  expect(result).toMatchObject({ split: 'validation', imageCount: 8, overlap: { trainedOn: 0, newCount: 3 } });
  expect(result.loss).toBeCloseTo(run.record.history.val_loss?.[0] as number, 5);
  expect(events).toContainEqual({ type: 'overlap', split: 'validation', imageCount: 8, ...result.overlap });
  const measured = await channels({ ...options, out: join(data, 'channels') });
  expect(measured).toMatchObject({ imageCount: 8, overlap: { trainedOn: 0, newCount: 3 } });
  expect(measured.report?.data.split).toBe('validation');
});

test('held-out images are those of validation, and of test where there are some', async () => {
  const heldOut = await readHeldOut();
  expect(await choose('held-out')).toMatchObject({ split: 'held-out', names: heldOut, overlap: { trainedOn: 0 } });
  for (const name of ['cats', 'dogs']) {
    await fs.cp(join(original, name), join(data, 'train', name), { recursive: true });
    await fs.rm(join(data, name), { recursive: true });
    writePhotograph(join(data, 'test', name, 'new.png'), 700 + name.length);
  }
  const divided = await choose('held-out');
  expect(divided.names).toEqual(['test/cats/new.png', 'test/dogs/new.png', ...heldOut.map((name) => `train/${name}`)]);
  await fs.rm(join(data, 'train'), { recursive: true });
  await fs.rename(join(data, 'test'), join(data, 'train'));
  await expect(choose('held-out')).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringMatching(/it has no held-out images, only train/),
  });
});

test('images that are gone are counted', async () => {
  const [first] = await readHeldOut();
  await fs.rm(join(data, first as string));
  const chosen = await choose('validation');
  expect(chosen).toMatchObject({ overlap: { heldOut: 7, missingCount: 1 } });
  expect(chosen.names).toEqual((await readHeldOut()).slice(1));
});

test('an image that was saved again is neither held out nor unseen', async () => {
  const [first] = await readHeldOut();
  writePhotograph(join(data, first as string), 999, 90);
  expect(await choose('validation')).toMatchObject({ overlap: { heldOut: 7, changedCount: 1, missingCount: 1 } });
  await expect(choose('unseen')).rejects.toMatchObject({ code: 'BAD_DATASET' });
});

test('renamed images are recognized by what they hold', async () => {
  for (const name of ['cats', 'dogs']) {
    for (const file of await fs.readdir(join(data, name))) {
      await fs.rename(join(data, name, file), join(data, name, `renamed-${file}`));
    }
  }
  const chosen = await choose();
  expect(chosen).toMatchObject({ split: 'validation', overlap: { trainedOn: 0, heldOut: 8, ...nothing } });
  expect(chosen.names.map((name) => name.replace('renamed-', '')).sort()).toEqual(await readHeldOut());
});

test('a folder that was divided later has the same images held out', async () => {
  const divided = await fs.mkdtemp(join(root, 'divided-'));
  await fs.cp(data, join(divided, 'train'), { recursive: true });
  for (const [index, name] of ['cats', 'dogs'].entries())
    writePhotograph(join(divided, 'validation', name, 'new.png'), 800 + index);
  const chosen = await choose('validation', divided);
  expect(chosen.names).toEqual((await readHeldOut()).map((name) => join('train', name)));
  expect(chosen.overlap).toMatchObject({ trainedOn: 0, heldOut: 8, newCount: 2 });
});

test('the training images are those of the run, too', async () => {
  writePhotograph(join(data, 'cats/new.png'), 700);
  const chosen = await choose('train');
  expect(chosen.names).toHaveLength(32);
  expect(chosen.overlap).toEqual({ trainedOn: 32, heldOut: 0, newCount: 1, changedCount: 0, missingCount: 0 });
});

test('of another folder it is said how many images the network was trained on', async () => {
  const other = await fs.mkdtemp(join(root, 'other-'));
  for (const [index, name] of ['cats', 'dogs'].entries()) {
    for (let image = 0; image < 20; image++)
      writePhotograph(join(other, name, `${image}.png`), 3000 + 100 * index + image);
  }
  expect(await choose(undefined, other)).toMatchObject({ split: null, overlap: { trainedOn: 0, heldOut: 0 } });
  const { train: trained } = await decodeDataList(
    await fs.readFile(join(run.path, run.record.dataList as string)),
    'x',
  );
  const [known] = trained.files;
  await fs.copyFile(join(data, known as string), join(other, 'cats', `other-${basename(known as string)}`));
  const chosen = await choose(undefined, other);
  expect(chosen).toMatchObject({ split: null, overlap: { trainedOn: 1, heldOut: 0 } });
  expect(chosen.names).toHaveLength(41);
  expect((await choose('unseen', other)).names).toHaveLength(40);
  const { overlap } = await predict({ images: [join(other, 'cats')], model: run.path, backend: 'cpu' });
  expect(overlap).toMatchObject({ trainedOn: 1 });
});

test('files of equal names and sizes are not taken for each other', async () => {
  const [one, two] = [await fs.mkdtemp(join(root, 'equal-')), await fs.mkdtemp(join(root, 'equal-'))];
  for (const [index, folder] of [one, two].entries()) {
    for (const [side, name] of ['cats', 'dogs'].entries()) {
      for (let image = 0; image < 6; image++) {
        const path = join(folder, name, `${image}.png`);
        writePhotograph(path, 5000 + 1000 * index + 100 * side + image);
        await fs.appendFile(path, Buffer.alloc(20_000 - (await fs.stat(path)).size)); // decoders stop at a PNG's end
      }
    }
  }
  const trained = await train({ ...SMALL, data: one, out: join(root, 'equal-run') });
  const found = await findModel(trained.path);
  const [same, other] = [
    await chooseRunImages(one, undefined, found, {}),
    await chooseRunImages(two, undefined, found, {}),
  ];
  expect(same).toMatchObject({ split: 'validation', overlap: { trainedOn: 0 } });
  expect(other).toMatchObject({ split: null, overlap: { trainedOn: 0, heldOut: 0 } });
});

test('a held-out image whose bytes were trained on under another name counts as trained on', async () => {
  const leaky = await fs.mkdtemp(join(root, 'leaky-'));
  await fs.cp(original, join(leaky, 'train'), { recursive: true });
  await fs.cp(join(original, 'cats/1.png'), join(leaky, 'validation/cats/copy.png'));
  writePhotograph(join(leaky, 'validation/dogs/new.png'), 900);
  const trained = await train({ ...SMALL, data: leaky, out: join(root, 'leaky-run') });
  const { overlap } = await chooseRunImages(leaky, 'validation', await findModel(trained.path), {});
  expect(overlap).toMatchObject({ trainedOn: 1, heldOut: 2 });
});

describe('a list that cannot be read', () => {
  test.each<[string, (path: string) => Promise<void>, RegExp]>([
    ['missing', (path) => fs.rm(path), /list of images is missing; the images that/],
    ['damaged', (path) => fs.writeFile(path, 'x'), /it is damaged; the images that/],
  ])('%s: the network is used, and what is unknown is said', async (_, spoil, message) => {
    const copy = await fs.mkdtemp(join(root, 'copy-'));
    await fs.cp(run.path, copy, { recursive: true });
    await spoil(join(copy, run.record.dataList as string));
    const events: WorkflowEvent[] = [];
    const onEvent = (event: WorkflowEvent) => events.push(event);
    const result = await predict({ images: [join(data, 'cats')], model: copy, backend: 'cpu', onEvent });
    expect(result.overlap).toBeNull();
    expect(events).toContainEqual({ type: 'warning', message: expect.stringMatching(message) });
    await expect(train({ resume: copy, epochs: 2 })).rejects.toMatchObject({ code: 'BAD_MODEL' });
  });
});

test('runs that kept their lists in checkpoints have the same images held out', async () => {
  const saved = join(import.meta.dirname, '../../fixtures/saved');
  const found = await findModel(join(saved, 'finished-run'));
  const { files, overlap } = await chooseRunImages(join(saved, 'images'), 'validation', found, {});
  expect(files).toHaveLength(4);
  expect(overlap).toEqual({ trainedOn: 0, heldOut: 4, ...nothing });
});

test('the list has the hashes of the images that were used, not of those that were read ahead', async () => {
  const options = { ...SMALL, data: original, epochs: 2, batchSize: 4, stepsPerEpoch: 2, validationSteps: 1 };
  const lists = [];
  for (const out of ['partly-1', 'partly-2']) {
    const { path, record } = await train({ ...options, out: join(root, out) });
    expect(record.dataList).toBe('data-2.json.gz'); // two more steps, and the first list is gone
    lists.push(await fs.readFile(join(path, 'data-2.json.gz')));
  }
  expect(lists[0]).toEqual(lists[1]);
  const { train: trained, validation } = await decodeDataList(lists[0] as Buffer, 'x');
  const count = (hashes: Uint8Array = new Uint8Array()) =>
    Array.from({ length: hashes.length / 8 }, (_, index) => hashes.subarray(8 * index, 8 * index + 8)).filter((hash) =>
      hash.some((byte) => byte !== 0),
    ).length;
  expect([count(trained.hashes), count(validation?.hashes)]).toEqual([16, 4]);
});

test('the list is written once while nothing more is learned of the images', async () => {
  const out = join(root, 'thrice');
  const { record } = await train({ ...SMALL, data: original, out, epochs: 3 });
  expect(record.dataList).toBe('data-1.json.gz');
  expect((await fs.readdir(out)).filter((name) => name.startsWith('data'))).toEqual(['data-1.json.gz']);
  const list = await decodeDataList(await fs.readFile(join(out, 'data-1.json.gz')), 'x');
  expect(list.train.hashes).toHaveLength(8 * 32);
  expect(await encodeDataList(list)).toEqual(await encodeDataList(list));
  expect(record.checkpoints).toHaveLength(2);
  expect(await fs.readFile(join(out, record.weights.last.folder, 'checkpoint.json'), 'utf8')).not.toMatch(/cats/);
});

describe('recognizing the images of a run', () => {
  const commands: [string, (options: WorkflowOptions) => Promise<unknown>][] = [
    ['evaluate', (options) => evaluate({ data, model: run.path, backend: 'cpu', ...options })],
    ['channels', (options) => channels({ data, model: run.path, backend: 'cpu', out: join(data, 'out'), ...options })],
    ['predict', (options) => predict({ images: [data], model: run.path, backend: 'cpu', ...options })],
  ];

  test.each(commands)('ends at once when %s is interrupted', async (_, command) => {
    const events: string[] = [];
    const onEvent = ({ type }: WorkflowEvent) => events.push(type);
    const interrupted = command({ signal: AbortSignal.abort(), onEvent });
    await expect(interrupted).rejects.toMatchObject({
      code: 'ABORTED',
      message: expect.stringMatching(/0 of \d+ files/),
    });
    expect(events).not.toContain('backend');
  });

  test('reports how far it is when it takes a while, by name and by what files hold', async () => {
    const list = await decodeDataList(await fs.readFile(join(run.path, run.record.dataList as string)), 'x');
    const names = [...list.train.files, ...(list.validation?.files ?? [])];
    const paths = names.map((name) => join(data, name));
    const recognize = async (roots: string[], quietMs: number) => {
      const events: WorkflowEvent[] = [];
      await recognizeImages(paths, roots, list, { quietMs, onEvent: (event) => events.push(event) });
      return events;
    };
    expect(await recognize([data], 60_000)).toEqual([]);
    expect((await recognize([data], 0)).at(-1)).toEqual({ type: 'image-recognized', done: 40, total: 40 });
    expect((await recognize([], 0)).at(-1)).toEqual({ type: 'image-recognized', done: 80, total: 80 });
  });

  test('ends in the middle of reading', async () => {
    const list = await decodeDataList(await fs.readFile(join(run.path, run.record.dataList as string)), 'x');
    const paths = list.train.files.map((name) => join(data, name));
    const controller = new AbortController();
    const onEvent = (event: WorkflowEvent) => event.type === 'image-recognized' && controller.abort();
    const interrupted = recognizeImages(paths, [], list, { quietMs: 0, onEvent, signal: controller.signal });
    await expect(interrupted).rejects.toMatchObject({ code: 'ABORTED', message: 'interrupted after 0 of 32 files' });
  });
});
