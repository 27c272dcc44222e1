import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { split } from '../../../src/commands/split/index.js';
import { train } from '../../../src/commands/train/index.js';
import type { TrainOptions } from '../../../src/commands/train/options.js';
import type { TrainResult } from '../../../src/commands/train/result.js';
import { decodeDataList } from '../../../src/runs/data-list.js';
import { writePhotograph } from '../drawn-photographs.js';
import { trainWithEvents } from './training-fixture.js';

let root: string;
let frames: string;

// Of each class five recordings of four frames each.
beforeAll(async () => {
  root = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-groups-')));
  frames = join(root, 'frames');
  for (const [index, name] of ['cats', 'dogs'].entries()) {
    for (let image = 0; image < 20; image++) {
      const file = `${name}${Math.floor(image / 4)}_frame${image % 4}.png`;
      writePhotograph(join(frames, name, file), 100 * index + image);
    }
  }
});

afterAll(() => fs.rm(root, { recursive: true }));

const RECORDING = '^(\\w+\\d)_frame';
const recordingOf = (path: string) => basename(path).split('_')[0] as string;

async function trainGrouped(out: string, change: Partial<TrainOptions> = {}) {
  const options = { backend: 'cpu', imageSize: 8, filters: [2], dense: 2, epochs: 1, groupBy: RECORDING } as const;
  const { events, ...result } = await trainWithEvents({ ...options, data: frames, out: join(root, out), ...change });
  return { result, events };
}

async function readSides({ path, record }: TrainResult) {
  const list = await decodeDataList(await fs.readFile(join(path, record.dataList as string)), path);
  const sides = [list.train.files, list.validation?.files ?? []];
  return sides.map((files) => ({ count: files.length, recordings: [...new Set(files.map(recordingOf))].sort() }));
}

test('no recording lies on both sides, and every class gives its part', async () => {
  const { result, events } = await trainGrouped('grouped');
  const [trained, heldOut] = await readSides(result);
  expect([trained?.count, heldOut?.count]).toEqual([32, 8]);
  expect(heldOut?.recordings).toEqual([expect.stringMatching(/^cats\d$/), expect.stringMatching(/^dogs\d$/)]);
  expect(trained?.recordings.filter((name) => heldOut?.recordings.includes(name))).toEqual([]);
  expect(events).toContainEqual({
    type: 'groups',
    groupBy: RECORDING,
    trainCount: 8,
    validationCount: 2,
    sharedCount: 0,
  });
  expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
});

test('the pattern is kept in the run, and a resumption divides in the same way', async () => {
  const { result } = await trainGrouped('resumed');
  expect(result.record.options.groupBy).toBe(RECORDING);
  const resumed = await train({ resume: result.path, epochs: 2 });
  expect(await readSides(resumed)).toEqual(await readSides(result));
  await expect(train({ resume: result.path, epochs: 3, groupBy: 'folder' })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
});

test('a folder that has recordings on both sides is used, with a warning', async () => {
  const data = join(root, 'divided');
  for (const side of ['train', 'validation']) await fs.cp(frames, join(data, side), { recursive: true });
  for (const name of ['cats', 'dogs']) {
    for (const file of await fs.readdir(join(frames, name))) {
      const isHeldOut = /frame0/.test(file) && !/0_/.test(file);
      await fs.rm(join(data, isHeldOut ? 'train' : 'validation', name, file));
    }
    await fs.rename(
      join(data, 'validation', name, `${name}4_frame0.png`),
      join(data, 'validation', name, `new${name}_frame0.png`),
    );
  }
  const { events } = await trainGrouped('warned', { data });
  expect(events).toContainEqual({
    type: 'warning',
    message:
      '6 groups are both in train and validation, for example cats1 (6 of 8 validation images): validation metrics are too good',
  });
});

test('files that the pattern does not match are counted', async () => {
  const { events } = await trainGrouped('unmatched', { groupBy: '^(cats\\d)_' });
  expect(events).toContainEqual({
    type: 'warning',
    message: expect.stringMatching(
      /matches no part of 20 images, for example dogs\/dogs0_frame0.png: each forms its own group$/,
    ),
  });
});

test.each<[string, string]>([
  ['(', 'BAD_ARGUMENT'],
  ['^patient', 'BAD_ARGUMENT'],
  ['folder', 'BAD_DATASET'], // a class folder is one group
])('"%s" is refused with %s, and no run is made', async (groupBy, code) => {
  await expect(trainGrouped('refused', { groupBy })).rejects.toMatchObject({ code });
  await expect(fs.stat(join(root, 'refused'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('split leaves no group in two splits, and takes as many images as asked for', async () => {
  const dest = join(root, 'split');
  const result = await split({ source: frames, dest, train: 8, validation: 4, test: 3, groupBy: RECORDING, seed: 3 });
  expect(result.imageCounts).toEqual({ train: 16, validation: 8, test: 6 });
  const owners = new Map<string, string>();
  for (const side of ['train', 'validation', 'test']) {
    for (const name of ['cats', 'dogs']) {
      for (const file of await fs.readdir(join(dest, side, name))) {
        expect(owners.get(recordingOf(file)) ?? side).toBe(side);
        owners.set(recordingOf(file), side);
      }
    }
  }
  expect(owners.size).toBe(8);
  expect(JSON.parse(await fs.readFile(join(dest, 'split.json'), 'utf8')).groupBy).toBe(RECORDING);
});

test('split refuses counts that whole groups do not allow', async () => {
  const asked = { source: frames, dest: join(root, 'none'), train: 9, validation: 7, test: 4, groupBy: RECORDING };
  await expect(split(asked)).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringMatching(/too few images in whole groups, none of which spans two splits/),
    hint: 'Use fewer, or choose a --group-by with smaller groups.',
  });
});
