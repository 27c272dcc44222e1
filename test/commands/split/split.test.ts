import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { split } from '../../../src/commands/split/index.js';
import type { SplitOptions } from '../../../src/commands/split/options.js';
import { writePhotograph } from '../drawn-photographs.js';

let root = '';
let source = '';
let dest = '';

/** cat.0 ... cat.11 and dog.0 ... dog.11, named as Kaggle does; every picture is another. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cnnviz-split-'));
  source = join(root, 'kaggle');
  dest = join(root, 'pets');
  for (const [index, name] of ['cat', 'dog'].entries()) {
    for (let number = 0; number < 12; number++)
      writePhotograph(join(source, `${name}.${number}.jpg`), index * 12 + number);
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const few = { train: 6, validation: 3, test: 2 };
const run = (options: Partial<SplitOptions> = {}) => split({ source, dest, ...few, ...options });
const fail = (options: Partial<SplitOptions> = {}) => run(options).catch((error) => error);
const namesIn = (...parts: string[]) => readdirSync(join(dest, ...parts)).sort();
const systemError = (code: string) => Object.assign(new Error(`${code}: made by the test`), { code });

describe('what is taken', () => {
  test('the first of each class in numeric order, the next, and the next', async () => {
    const before = readdirSync(source);
    const result = await run();
    expect(result).toEqual({
      dest,
      classNames: ['cat', 'dog'],
      imageCounts: { train: 12, validation: 6, test: 4 },
      linked: false,
      unreadable: [],
      duplicates: [],
    });
    expect(namesIn('train', 'cat')).toEqual([0, 1, 2, 3, 4, 5].map((number) => `cat.${number}.jpg`));
    expect(namesIn('validation', 'dog')).toEqual([6, 7, 8].map((number) => `dog.${number}.jpg`));
    expect(namesIn('test', 'cat')).toEqual(['cat.10.jpg', 'cat.9.jpg']);
    expect(readFileSync(join(dest, 'test/cat/cat.10.jpg'))).toEqual(readFileSync(join(source, 'cat.10.jpg')));
    expect(readdirSync(source)).toEqual(before);
    expect(readdirSync(root)).toEqual(['kaggle', 'pets']);
  });

  test('a seed draws, the same ones each time, every image at most once', async () => {
    const draw = async (seed: number) => {
      await run({ seed });
      const taken = ['train', 'validation', 'test'].map((name) => namesIn(name, 'dog'));
      rmSync(dest, { recursive: true });
      return taken;
    };
    const drawn = await draw(7);
    expect(await draw(7)).toEqual(drawn);
    expect(await draw(8)).not.toEqual(drawn);
    expect(drawn.map((names) => names.length)).toEqual([6, 3, 2]);
    expect(new Set(drawn.flat()).size).toBe(11);
  });

  test('shuffle without a seed is that of seed 1', async () => {
    await run({ shuffle: true });
    await run({ seed: 1, dest: join(root, 'seeded') });
    expect(namesIn('train', 'cat')).toEqual(readdirSync(join(root, 'seeded/train/cat')).sort());
    expect(namesIn('train', 'cat')).not.toEqual([0, 1, 2, 3, 4, 5].map((number) => `cat.${number}.jpg`));
    expect(JSON.parse(readFileSync(join(dest, 'split.json'), 'utf8'))).toMatchObject({ seed: 1, perClass: few });
  });

  test('class folders keep their names, and their files and sub-folders too', async () => {
    for (const name of ['Cats', 'Dogs']) mkdirSync(join(root, 'folders', name, 'more'), { recursive: true });
    for (const [index, file] of ['Cats/a.jpg', 'Cats/more/a.jpg', 'Dogs/1.jpg', 'Dogs/2.jpg'].entries()) {
      writePhotograph(join(root, 'folders', file), index);
    }
    await run({ source: join(root, 'folders'), train: 1, validation: 1, test: 0 });
    expect(namesIn()).toEqual(['split.json', 'train', 'validation']);
    expect(readdirSync(dest, { recursive: true })).toEqual(
      expect.arrayContaining(['train/Cats/a.jpg', 'validation/Cats/more/a.jpg', 'train/Dogs/1.jpg']),
    );
  });

  test('what cannot be read is reported, and the next one taken', async () => {
    writeFileSync(join(source, 'dog.2.jpg'), 'no picture');
    const events: unknown[] = [];
    const { unreadable } = await run({ onEvent: (event) => event.type === 'bad-image' && events.push(event) });
    const told = { path: join(source, 'dog.2.jpg'), reason: expect.stringMatching(/^it is not an image/) };
    expect([unreadable, events]).toEqual([[told], [{ type: 'bad-image', ...told }]]);
    expect(namesIn('train', 'dog')).toEqual([0, 1, 3, 4, 5, 6].map((number) => `dog.${number}.jpg`));
    expect(namesIn('test', 'dog')).toEqual(['dog.10.jpg', 'dog.11.jpg']);
  });

  test('too few are refused with the numbers and with ones that would do, before anything is read', async () => {
    const read = vi.fn();
    rmSync(join(source, 'dog.11.jpg'));
    expect(await fail({ train: 8, validation: 2, onEvent: read })).toMatchObject({
      code: 'BAD_DATASET',
      message: `${source}: too few images: 12 per class are needed (train 8 + validation 2 + test 2), dog has 11`,
      hint: 'Use fewer, for example --train 8 --validation 1 --test 1.',
    });
    expect([read.mock.calls, existsSync(dest)]).toEqual([[], false]);
  });

  test('too few that can be read are refused too', async () => {
    for (const number of [1, 5]) writeFileSync(join(source, `cat.${number}.jpg`), 'no picture');
    expect(await fail()).toMatchObject({
      code: 'BAD_DATASET',
      message: expect.stringMatching(/that can be read \(2 cannot\): 11 per class.*, cat has 10$/),
    });
    expect(readdirSync(root)).toEqual(['kaggle']);
  });
});

describe('duplicates', () => {
  test('are listed, those in two splits first, then the surest', async () => {
    copyFileSync(join(source, 'cat.0.jpg'), join(source, 'cat.1.jpg'));
    writePhotograph(join(source, 'dog.7.jpg'), 2, 180); // cat.2, darker
    copyFileSync(join(source, 'dog.0.jpg'), join(source, 'dog.10.jpg'));
    const { duplicates } = await run();
    const shown = duplicates.map(({ images, identical, straddles }) => ({ images, identical, straddles }));
    expect(shown).toEqual([
      { images: ['train/dog/dog.0.jpg', 'test/dog/dog.10.jpg'], identical: true, straddles: true },
      { images: ['train/cat/cat.2.jpg', 'validation/dog/dog.7.jpg'], identical: false, straddles: true },
      { images: ['train/cat/cat.0.jpg', 'train/cat/cat.1.jpg'], identical: true, straddles: false },
    ]);
    expect(JSON.parse(readFileSync(join(dest, 'split.json'), 'utf8')).duplicates).toEqual(duplicates);
  });
});

describe('links', () => {
  test('are the same file as the source, also where that is a symbolic link', async () => {
    renameSync(join(source, 'cat.3.jpg'), join(root, 'kept.jpg'));
    symlinkSync('../kept.jpg', join(source, 'cat.3.jpg'));
    expect(await run({ link: true })).toMatchObject({ linked: true });
    const inode = (path: string) => statSync(join(root, path)).ino;
    expect(inode('pets/train/dog/dog.4.jpg')).toBe(inode('kaggle/dog.4.jpg'));
    expect(inode('pets/train/cat/cat.3.jpg')).toBe(inode('kept.jpg'));
    const photograph = readFileSync(join(root, 'kept.jpg'));
    rmSync(join(root, 'kept.jpg'));
    expect(readFileSync(join(dest, 'train/cat/cat.3.jpg'))).toEqual(photograph);
  });

  test.each([
    ['EXDEV', /another file system/],
    ['EPERM', /does not allow it/],
    ['ENOTSUP', /does not support them/],
  ])('%s is reported before any image is read', async (code, message) => {
    vi.spyOn(fs, 'link').mockRejectedValue(systemError(code));
    const read = vi.fn();
    expect(await fail({ link: true, onEvent: read })).toMatchObject({
      code: 'NOT_WRITABLE',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/Leave out --link/),
    });
    expect([read.mock.calls, readdirSync(root)]).toEqual([[], ['kaggle']]);
  });
});

describe('nothing but a whole result', () => {
  test('a folder with something in it is refused and stays as it is; an empty one gives way', async () => {
    mkdirSync(dest);
    writeFileSync(join(dest, 'mine.txt'), 'mine');
    expect(await fail()).toMatchObject({ code: 'NOT_WRITABLE', message: expect.stringMatching(/mine\.txt/) });
    expect(namesIn()).toEqual(['mine.txt']);
    rmSync(join(dest, 'mine.txt'));
    expect(await run()).toMatchObject({ dest });
    expect(await fail()).toMatchObject({ code: 'NOT_WRITABLE' });
    expect(await fail({ dest: join(source, 'cat.0.jpg') })).toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test('a place inside the source is refused, by whatever way', async () => {
    symlinkSync(source, join(root, 'alias'));
    for (const place of [source, join(source, 'split'), join(root, 'alias/a/b')]) {
      expect(await fail({ dest: place })).toMatchObject({
        code: 'BAD_ARGUMENT',
        message: expect.stringMatching(/^dest/),
      });
    }
    expect(readdirSync(source)).toHaveLength(24);
    expect(await run({ dest: join(root, 'kaggle-split') })).toMatchObject({ classNames: ['cat', 'dog'] });
  });

  test('what someone else writes there meanwhile stays', async () => {
    const interfere = () => {
      mkdirSync(dest, { recursive: true });
      writeFileSync(join(dest, 'mine.txt'), 'mine');
    };
    const error = await fail({ onEvent: ({ type }) => type === 'image-placed' && interfere() });
    expect(error).toMatchObject({ code: 'NOT_WRITABLE', message: expect.stringMatching(/not empty/) });
    expect([namesIn(), readdirSync(root)]).toEqual([['mine.txt'], ['kaggle', 'pets']]);
  });

  test('a full disk leaves nothing', async () => {
    const { copyFile } = fs;
    let room = 5;
    vi.spyOn(fs, 'copyFile').mockImplementation(async (...args) => {
      if (room-- === 0) throw systemError('ENOSPC');
      return copyFile(...args);
    });
    expect(await fail()).toMatchObject({ code: 'DISK_FULL' });
    expect(readdirSync(root)).toEqual(['kaggle']);
  });

  test.each(['image-examined', 'image-placed'] as const)('interrupted at %s, it leaves nothing', async (moment) => {
    const controller = new AbortController();
    let told = 0;
    const onEvent = ({ type }: { type: string }) => {
      if (type !== moment) return;
      told++;
      controller.abort();
    };
    expect(await fail({ signal: controller.signal, onEvent })).toMatchObject({ code: 'ABORTED' });
    expect(told).toBeLessThan(22); // it did not go on to the last of them
    expect(readdirSync(root)).toEqual(['kaggle']);
  });

  test('leftovers of a killed process go, those of a living one stay', async () => {
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    for (const owner of [dead, process.pid])
      mkdirSync(join(root, `.pets.new-${owner}-0a1b2c3d`, 'train'), { recursive: true });
    await run();
    expect(readdirSync(root)).toEqual([`.pets.new-${process.pid}-0a1b2c3d`, 'kaggle', 'pets']);
  });
});

test('progress is reported image by image', async () => {
  const told: Record<string, [number, number][]> = {};
  await run({
    onEvent: (event) => {
      if (event.type === 'image-examined' || event.type === 'image-placed') {
        told[event.type] = [...(told[event.type] ?? []), [event.done, event.total]];
      }
    },
  });
  const each = Array.from({ length: 22 }, (_, index) => [index + 1, 22]);
  expect(told).toEqual({ 'image-examined': each, 'image-placed': each });
});

test('images in other formats are reported', async () => {
  writeFileSync(join(source, 'cat.99.svg'), '');
  const told: unknown[] = [];
  await run({ onEvent: (event) => event.type === 'left-out' && told.push(event) });
  expect(told).toEqual([
    { type: 'left-out', root: source, reason: 'format', count: 1, examples: [join(source, 'cat.99.svg')] },
  ]);
});

test.each([
  ['source', { source: '' }],
  ['dest', { dest: '' }],
  ['train', { train: 0 }],
  ['validation', { validation: -1 }],
  ['test', { test: 1.5 }],
  ['seed', { seed: 2 ** 32 }],
])('%s out of range is refused', async (name, change) => {
  expect(await fail(change)).toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringMatching(new RegExp(`^${name}: `)),
  });
});
