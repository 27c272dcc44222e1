import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readImageBytes } from '../../../src/dataset/decode/image-bytes.js';
import { pets, useArchives } from './archive-workspace.js';
import { type Member, writeTar } from './make-tar.js';

const { at, scan, list } = useArchives();

test('an archive is listed in the order of the same folders, and read at the places of its files', async () => {
  await writeTar(at('pets.tar'), pets);
  expect(await list('pets.tar')).toEqual([
    ['pets.tar/cats/a.jpg', 'cats'],
    ['pets.tar/cats/b.jpg', 'cats'],
    ['pets.tar/dogs/c.jpg', 'dogs'],
  ]);
  expect(readImageBytes(at('pets.tar/cats/b.jpg')).toString()).toBe('cat b');
  expect(() => readImageBytes(at('pets.tar/cats/d.jpg'))).toThrow('pets.tar/cats/d.jpg: the file does not exist');
});

test.each(['photos-{000..001}.tar', 'photos-*.tar', 'shards'])('several archives are one folder: %s', async (name) => {
  const place = name === 'shards' ? 'shards/' : '';
  if (place) mkdirSync(at(place));
  await writeTar(at(`${place}photos-001.tar`), [
    ['./dogs/1.jpg', 'dog'],
    ['./cats/2.jpg', 'second'],
  ]);
  await writeTar(at(`${place}photos-000.tar`), [
    ['./cats/3.jpg', 'third'],
    ['./cats/1.jpg', 'first'],
  ]);
  expect(await list(name)).toEqual([
    [`${place}photos-000.tar/cats/1.jpg`, 'cats'],
    [`${place}photos-001.tar/cats/2.jpg`, 'cats'],
    [`${place}photos-000.tar/cats/3.jpg`, 'cats'],
    [`${place}photos-001.tar/dogs/1.jpg`, 'dogs'],
  ]);
});

test('archives that are named after splits are the splits', async () => {
  for (const name of ['train-000', 'train-001', 'val-000']) {
    await writeTar(at(`${name}.tar`), [
      [`cats/${name}.jpg`, 'cat'],
      [`dogs/${name}.jpg`, 'dog'],
    ]);
  }
  const { splits } = await scan('*.tar');
  expect(splits.train?.map(({ path }) => relative(at('.'), path))).toHaveLength(4);
  expect(splits.validation?.map(({ path }) => relative(at('.'), path))).toEqual([
    'val-000.tar/cats/val-000.jpg',
    'val-000.tar/dogs/val-000.jpg',
  ]);
});

test('a sample of WebDataset has the class of its .cls member', async () => {
  await writeTar(at('web.tar'), [
    ['0002.jpg', 'two'],
    ['0002.cls', '1\n'],
    ['0001.cls', '0'],
    ['0001.jpg', 'one'],
    ['0001.json', '{}'],
    ['0003.cls', '1'],
    ['0003.seg.jpg', 'three'],
  ]);
  expect(await list('web.tar')).toEqual([
    ['web.tar/0001.jpg', '0'],
    ['web.tar/0002.jpg', '1'],
    ['web.tar/0003.seg.jpg', '1'],
  ]);
  expect(readImageBytes(at('web.tar/0002.jpg')).toString()).toBe('two');
});

test.each<[string, Member[], string]>([
  ['an absolute name', [['/etc/passwd', 'x']], 'the absolute name "/etc/passwd"'],
  ['a name that leads out', [['cats/../../x.jpg', 'x']], 'which leads out of the archive'],
  ['a name twice', [...pets, ['./cats/a.jpg', 'other']], 'two files of the name cats/a.jpg'],
  [
    'a class that is no name',
    [
      ['1.jpg', 'x'],
      ['1.cls', '../x'],
    ],
    '1.cls: expected the number or the name of a class',
  ],
  [
    'a sample of two images',
    [
      ['1.jpg', 'x'],
      ['1.seg.pgm', 'x'],
      ['1.cls', '1'],
    ],
    'bad.tar: 1.jpg and 1.seg.pgm are two images of one .cls member',
  ],
  [
    'an image without a class',
    [
      ['1.jpg', 'x'],
      ['1.cls', '1'],
      ['2.jpg', 'x'],
    ],
    '2.jpg has no class',
  ],
])('%s is refused in one line', async (_, members, problem) => {
  await writeTar(at('bad.tar'), members);
  await expect(scan('bad.tar')).rejects.toMatchObject({
    code: 'BAD_DATASET',
    message: expect.stringMatching(/^[^\n]*bad\.tar: [^\n]*$/),
  });
  await expect(scan('bad.tar')).rejects.toThrow(problem);
});

test('one name in two archives is refused with both', async () => {
  await writeTar(at('a-0.tar'), pets);
  await writeTar(at('a-1.tar'), pets);
  await expect(scan('a-{0..1}.tar')).rejects.toThrow('a-1.tar: two files of the name cats/b.jpg, here and a-0.tar');
  await expect(scan('a-{0..2}.tar')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(scan('b-*.tar')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('wherever an archive is cut off, that is said', async () => {
  await writeTar(at('whole.tar'), pets);
  const whole = readFileSync(at('whole.tar'));
  for (let length = 0; length < whole.length - 1024; length += 256) {
    writeFileSync(at(`cut-${length}.tar`), whole.subarray(0, length));
    await expect(scan(`cut-${length}.tar`), `${length}`).rejects.toMatchObject({ code: 'BAD_DATASET' });
  }
});

test('what is no archive, or a compressed one, is refused', async () => {
  await writeTar(at('pets.tar'), pets);
  writeFileSync(at('zipped.tar'), gzipSync(readFileSync(at('pets.tar'))));
  await expect(scan('zipped.tar')).rejects.toThrow('a compressed archive');
  writeFileSync(at('text.tar'), 'text'.repeat(1000));
  await expect(scan('text.tar')).rejects.toThrow('not a tar archive, or a damaged one');
});

test('links and archives in an archive are left out, and reported', async () => {
  await writeTar(at('pets.tar'), [
    ...pets,
    ['cats/link.jpg', { type: 'symlink', linkname: '/etc/passwd' }],
    ['dogs/pipe.jpg', { type: 'fifo' }],
    ['more.tar', 'x'],
  ]);
  const { leftOut, splits } = await scan('pets.tar');
  expect(splits.train).toHaveLength(3);
  expect(leftOut).toContainEqual({
    reason: 'special',
    count: 2,
    examples: [at('pets.tar/cats/link.jpg'), at('pets.tar/dogs/pipe.jpg')],
  });
  expect(leftOut).toContainEqual({ reason: 'archive', count: 1, examples: [at('pets.tar/more.tar')] });
});

test('an index is kept, and made again when the archive has changed', async () => {
  await writeTar(at('pets.tar'), pets);
  await scan('pets.tar');
  const [kept = ''] = readdirSync(at('home/archives'));
  const index = JSON.parse(readFileSync(at(`home/archives/${kept}`), 'utf8'));
  expect(index.entries).toHaveLength(3);
  // As long as before: the time tells.
  await writeTar(at('pets.tar'), [...pets.slice(0, 3), ['dogs/d.jpg', 'dog d']]);
  utimesSync(at('pets.tar'), 1000, 2000);
  expect(() => readImageBytes(at('pets.tar/cats/a.jpg'))).toThrow('its archive has changed since it was listed');
  expect((await list('pets.tar')).map(([path]) => path)).toContain('pets.tar/dogs/d.jpg');
  writeFileSync(at(`home/archives/${kept}`), '{"format":"cnnviz-tar-index","formatVersion":1');
  truncateSync(at(`home/archives/${kept}`), 20);
  expect(await list('pets.tar')).toHaveLength(3);
});

test.skipIf(process.platform === 'win32')('a pipe in the place of an archive is refused, not waited for', async () => {
  execFileSync('mkfifo', [at('pets.tar')]);
  await expect(scan('pets.tar')).rejects.toThrow('pets.tar: expected an archive, found no regular file');
});
