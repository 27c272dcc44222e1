import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import type { SampleDataOptions } from '../../../src/commands/sample-data/options.js';
import { decodePng } from '../../helpers/decode-png.js';

const root = mkdtempSync(join(tmpdir(), 'cnnviz-sample-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const small = { imageSize: 40, train: 3, validation: 2, test: 1 };
const fail = (options: SampleDataOptions) => sampleData(options).catch((error) => error);

test('a set is a folder of splits of classes of pictures', async () => {
  const dir = join(root, 'three');
  const progress: number[] = [];
  const result = await sampleData({
    ...small,
    dir,
    classes: 3,
    onEvent: (event) => event.type === 'picture-drawn' && progress.push(event.drawn),
  });
  expect(result).toEqual({
    dir,
    classNames: ['cats', 'dogs', 'rabbits'],
    imageCounts: { train: 9, validation: 6, test: 3 },
    drawn: true,
  });
  expect(readdirSync(join(dir, 'train', 'rabbits'))).toEqual(['rabbit.0.png', 'rabbit.1.png', 'rabbit.2.png']);
  expect(readdirSync(join(dir, 'test', 'dogs'))).toEqual(['dog.0.png']);
  expect(Math.max(decodePng(readFileSync(join(dir, 'validation', 'cats', 'cat.1.png'))).width)).toBeLessThanOrEqual(40);
  expect(progress).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
});

test('the same options give the same bytes, and a set that is there is left alone', async () => {
  const [first, second] = [join(root, 'first'), join(root, 'second')];
  await sampleData({ ...small, dir: first });
  await sampleData({ ...small, dir: second });
  const read = (dir: string) => readFileSync(join(dir, 'train', 'dogs', 'dog.2.png')).toString('base64');
  expect(read(first)).toBe(read(second));
  expect(await sampleData({ ...small, dir: first })).toMatchObject({ drawn: false });
});

test('masks and twins lie under the names of their pictures, which are the same files without them', async () => {
  const [plain, whole] = [join(root, 'plain'), join(root, 'whole')];
  await sampleData({ ...small, dir: plain });
  expect(await sampleData({ ...small, dir: whole, masks: true, twins: true })).toMatchObject({
    imageCounts: { train: 6, validation: 4, test: 2 },
  });
  const list = (dir: string) => readdirSync(dir, { recursive: true }).filter((name) => String(name).endsWith('.png'));
  const names = list(plain).sort();
  for (const folder of ['twins', ...['animal', 'head', 'tail', 'difference'].map((part) => `masks/${part}`)]) {
    expect(list(join(whole, folder)).sort()).toEqual(names);
  }
  for (const name of names) {
    expect(readFileSync(join(whole, String(name)))).toEqual(readFileSync(join(plain, String(name))));
  }
  const decode = (name: string) => decodePng(readFileSync(join(whole, name, 'train/cats/cat.0.png')));
  const [picture, mask] = [decode(''), decode('masks/animal')];
  expect([mask.width, mask.height]).toEqual([picture.width, picture.height]);
  expect([...new Set(mask.data.filter((_, index) => index % 4 === 0))].sort((a, b) => a - b)).toEqual(
    expect.arrayContaining([0, 255]),
  );
  const { masks, twins, ...others } = JSON.parse(readFileSync(join(whole, 'sample-set.json'), 'utf8'));
  expect({ masks, twins }).toEqual({ masks: true, twins: true });
  expect(readFileSync(join(plain, 'sample-set.json'), 'utf8')).toBe(`${JSON.stringify(others, null, 2)}\n`);
});

test('rabbits have masks, but no twins', async () => {
  const dir = join(root, 'rabbits');
  expect(await fail({ ...small, dir, classes: 3, twins: true })).toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('only cats and dogs have twins'),
  });
  await sampleData({ ...small, dir, classes: 3, masks: true });
  expect(readdirSync(join(dir, 'masks/head/test'))).toEqual(['cats', 'dogs', 'rabbits']);
  expect(readdirSync(join(dir, 'masks/difference/test'))).toEqual(['cats', 'dogs']);
});

test('several that draw into one folder at once: the set of the fastest is there, whole, and the same set counts as drawn', async () => {
  const dir = join(root, 'at-once');
  const results = await Promise.all(
    [1, 1, 2].map(async (seed) => ({ seed, result: await fail({ ...small, seed, dir }) })),
  );
  const { seed: winner } = JSON.parse(readFileSync(join(dir, 'sample-set.json'), 'utf8'));
  for (const { seed, result } of results) {
    expect(result).toMatchObject(seed === winner ? { drawn: true } : { code: 'NOT_WRITABLE' });
  }
  expect(readdirSync(join(dir, 'train', 'cats'))).toHaveLength(3);
  expect(readdirSync(root).filter((name) => name.includes('at-once'))).toEqual(['at-once']);
});

test('a folder that holds something else is refused and stays as it is', async () => {
  const dir = join(root, 'taken');
  mkdirSync(dir);
  writeFileSync(join(dir, 'holiday.jpg'), '');
  expect(await fail({ ...small, dir })).toMatchObject({ code: 'NOT_WRITABLE' });
  expect(readdirSync(dir)).toEqual(['holiday.jpg']);
  const file = join(dir, 'holiday.jpg');
  expect(await fail({ ...small, dir: file })).toMatchObject({ code: 'NOT_WRITABLE' });
});

test('another set in the folder is refused as well', async () => {
  const dir = join(root, 'other');
  await sampleData({ ...small, dir });
  expect(await fail({ ...small, dir, seed: 2 })).toMatchObject({ code: 'NOT_WRITABLE' });
});

test('interrupted, it leaves nothing', async () => {
  const dir = join(root, 'interrupted');
  const controller = new AbortController();
  const options = { ...small, dir, signal: controller.signal, onEvent: () => controller.abort() };
  expect(await fail(options)).toMatchObject({ code: 'ABORTED' });
  expect([existsSync(dir), existsSync(`${dir}.partial`)]).toEqual([false, false]);
});

test.each([
  ['classes', { classes: 4 }],
  ['seed', { seed: -1 }],
  ['imageSize', { imageSize: 10 }],
  ['train', { train: 0 }],
  ['validation', { validation: 1.5 }],
  ['test', { test: -1 }],
  ['dir', { dir: '' }],
])('%s out of range is refused', async (name, change) => {
  expect(await fail({ dir: join(root, 'never'), ...change })).toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining(name),
  });
});
