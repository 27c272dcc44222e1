import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanImageFolder } from '../../../src/dataset/folder/scan.js';
import { testUnless } from '../../helpers/skip.js';
import { temporaryFolder, writeEmptyFiles } from '../drawn-folder.js';

async function folderOf(relativePaths: string[]): Promise<string> {
  const root = await temporaryFolder();
  await writeEmptyFiles(root, relativePaths);
  return root;
}

function relativeTo(root: string, files: readonly ({ path: string } | string)[] | undefined): string[] {
  return (files ?? []).map((file) => path.relative(root, typeof file === 'string' ? file : file.path));
}

describe('layouts', () => {
  test('train, validation and test folders are found, with classes in sorted order', async () => {
    const root = await folderOf([
      'train/dog/1.jpg',
      'train/cat/2.png',
      'validation/cat/3.webp',
      'validation/dog/4.gif',
      'test/cat/5.tif',
      'test/dog/6.avif',
    ]);
    const found = await scanImageFolder(root);
    expect(found.classNames).toEqual(['cat', 'dog']);
    expect(relativeTo(root, found.splits.train)).toEqual(['train/cat/2.png', 'train/dog/1.jpg']);
    expect(found.splits.train?.map((file) => file.classIndex)).toEqual([0, 1]);
    expect(relativeTo(root, found.splits.validation)).toEqual(['validation/cat/3.webp', 'validation/dog/4.gif']);
    expect(relativeTo(root, found.splits.test)).toEqual(['test/cat/5.tif', 'test/dog/6.avif']);
  });

  test.each(['val', 'valid', 'Validation'])('the validation folder may be called %s', async (name) => {
    const root = await folderOf(['train/a/1.jpg', 'train/b/1.jpg', `${name}/a/2.jpg`, `${name}/b/2.jpg`]);
    expect((await scanImageFolder(root)).splits.validation).toHaveLength(2);
  });

  test('class folders alone are divided by the validation split', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `${index}.jpg`);
    const root = await folderOf(names.flatMap((name) => [`cat/${name}`, `dog/${name}`]));
    const found = await scanImageFolder(root, { validationSplit: 0.3 });
    expect(found.splits.train).toHaveLength(14);
    expect(found.splits.validation).toHaveLength(6);
    expect((await scanImageFolder(root, { validationSplit: 0 })).splits.validation).toBeUndefined();
  });

  test('a train folder without a validation folder is divided too', async () => {
    const root = await folderOf(['train/a/1.jpg', 'train/a/2.jpg', 'train/b/1.jpg', 'train/b/2.jpg']);
    const found = await scanImageFolder(root, { validationSplit: 0.5 });
    expect([found.splits.train?.length, found.splits.validation?.length]).toEqual([2, 2]);
  });

  test('a train folder beside one class is a class, too', async () => {
    const root = await folderOf(['car/1.jpg', 'train/1.jpg']);
    expect((await scanImageFolder(root, { validationSplit: 0 })).classNames).toEqual(['car', 'train']);
  });

  test('a lone train beside classes is one of them; test is not', async () => {
    const root = await folderOf(['bus/1.jpg', 'car/1.jpg', 'train/1.jpg']);
    expect((await scanImageFolder(root, { validationSplit: 0 })).classNames).toEqual(['bus', 'car', 'train']);
    await writeEmptyFiles(root, ['test/1.jpg']);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(found.classNames).toEqual(['bus', 'car', 'train']);
    expect(found.unusable).toEqual([{ split: 'test', folder: path.join(root, 'test'), problem: expect.any(String) }]);
  });

  test('class folders beside a validation folder are the training split', async () => {
    const root = await folderOf(['cat/1.jpg', 'dog/1.jpg', 'validation/cat/2.jpg', 'validation/dog/2.jpg']);
    const found = await scanImageFolder(root);
    expect(found.classNames).toEqual(['cat', 'dog']);
    expect(relativeTo(root, found.splits.train)).toEqual(['cat/1.jpg', 'dog/1.jpg']);
    expect(relativeTo(root, found.splits.validation)).toEqual(['validation/cat/2.jpg', 'validation/dog/2.jpg']);
  });

  test('two folders for one split are refused', async () => {
    const root = await folderOf(['train/a/1.jpg', 'train/b/1.jpg', 'val/a/1.jpg', 'validation/a/1.jpg']);
    await expect(scanImageFolder(root)).rejects.toMatchObject({ code: 'BAD_DATASET', message: /val, validation/ });
  });
});

describe('files', () => {
  test("sub-folders and files come in Keras's order, capitals first and '-' before '/'", async () => {
    const root = await folderOf([
      'a/x/z/1.jpg',
      'a/x/1.jpg',
      'a/x-y/1.jpg',
      'a/B.JPG',
      'a/b.jpg',
      'a/10.jpg',
      'a/9.jpg',
      'b/1.jpg',
    ]);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(relativeTo(root, found.splits.train)).toEqual([
      'a/10.jpg',
      'a/9.jpg',
      'a/B.JPG',
      'a/b.jpg',
      'a/x/1.jpg',
      'a/x-y/1.jpg',
      'a/x/z/1.jpg',
      'b/1.jpg',
    ]);
  });

  test('names sort by code point as in Python, not by UTF-16 unit', async () => {
    const root = await folderOf(['a/\u{1f431}.jpg', 'a/\uff21.jpg', 'b/1.jpg']);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(relativeTo(root, found.splits.train)).toEqual(['a/\uff21.jpg', 'a/\u{1f431}.jpg', 'b/1.jpg']);
  });

  test('what is left out is counted by reason, with examples', async () => {
    const root = await folderOf([
      'README.txt',
      'a/1.jpg',
      'a/.hidden.jpg',
      'a/Thumbs.db',
      'a/2.svg',
      'b/1.jpg',
      'b/3.JXL',
      '.git/x/1.jpg',
    ]);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    const leftOut = found.leftOut.map(({ reason, count, examples }) => [reason, count, relativeTo(root, examples)]);
    expect(leftOut.sort()).toEqual([
      ['format', 2, ['a/2.svg', 'b/3.JXL']],
      ['hidden', 3, expect.arrayContaining(['.git'])],
      ['no-image', 1, ['README.txt']],
    ]);
    expect(found.splits.train).toHaveLength(2);
  });

  test('a link in a circle ends, links to files are listed, and a class folder may be a link', async () => {
    const root = await folderOf(['a/1.jpg', 'elsewhere/kept/1.jpg']);
    await symlink('..', path.join(root, 'a/again'));
    await symlink('1.jpg', path.join(root, 'a/2.jpg'));
    await symlink('nowhere.jpg', path.join(root, 'a/3.jpg'));
    await symlink('elsewhere/kept', path.join(root, 'b'));
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(found.classNames).toEqual(['a', 'b', 'elsewhere']);
    expect(relativeTo(root, found.splits.train).slice(0, 4)).toEqual(['a/1.jpg', 'a/2.jpg', 'a/3.jpg', 'b/1.jpg']);
    expect(found.leftOut).toEqual([{ reason: 'link', count: 1, examples: [path.join(root, 'a/again')] }]);
  });

  test('a folder with the name of a picture is listed, to be reported as bad', async () => {
    const root = await folderOf(['a/1.jpg', 'b/1.jpg', 'b/x.jpg/inside.jpg']);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(relativeTo(root, found.splits.train)).toEqual(['a/1.jpg', 'b/1.jpg', 'b/x.jpg']);
  });
});

describe('what a file holds decides', () => {
  const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const HEIC = Buffer.from('00000018667479706865696300000000', 'hex');

  test('images with another extension or none are used, and HEIC is named as such', async () => {
    const root = await folderOf(['a/1.jpg', 'b/1.jpg', 'a/2.jfif', 'a/notes']);
    for (const name of ['a/3', 'a/4.jpg_large', 'a/5.heic']) await writeFile(path.join(root, name), JPEG);
    await writeFile(path.join(root, 'a/6.heic'), HEIC);
    await writeFile(path.join(root, 'a/7.dat'), HEIC);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(relativeTo(root, found.splits.train)).toEqual([
      'a/1.jpg',
      'a/2.jfif',
      'a/3',
      'a/4.jpg_large',
      'a/5.heic',
      'b/1.jpg',
    ]);
    expect(found.leftOut.map(({ reason, count }) => [reason, count]).sort()).toEqual([
      ['heic', 2],
      ['no-image', 1],
    ]);
  });

  test('a hundred files of one extension in vain are enough', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `a/${String(index).padStart(3, '0')}.txt`);
    const root = await folderOf(['a/1.jpg', 'b/1.jpg', ...names]);
    await writeFile(path.join(root, 'a/100.txt'), JPEG);
    const scan = async () => (await scanImageFolder(root, { validationSplit: 0 })).splits.train?.length;
    expect(await scan()).toBe(2);
    await writeFile(path.join(root, 'a/099.txt'), JPEG);
    expect(await scan()).toBe(4);
  });

  test('a link to a folder is followed within the data folder only', async () => {
    const base = await folderOf(['elsewhere/3.jpg', 'data/a/1.jpg', 'data/b/1.jpg', 'data/b/deep/2.jpg']);
    const root = path.join(base, 'data');
    await symlink('../b/deep', path.join(root, 'a/inside'));
    await symlink('../../elsewhere', path.join(root, 'a/outside'));
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(relativeTo(root, found.splits.train)).toEqual(['a/1.jpg', 'a/inside/2.jpg', 'b/1.jpg', 'b/deep/2.jpg']);
    expect(found.leftOut).toEqual([{ reason: 'link', count: 1, examples: [path.join(root, 'a/outside')] }]);
  });

  test('a name that is no UTF-8 is left out with its bytes; a class folder of such a name is refused', async () => {
    const root = await folderOf(['a/1.jpg', 'b/1.jpg']);
    const bytes = (name: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
    await writeFile(bytes('a/caf\xe9.jpg'), JPEG);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect(found.leftOut).toEqual([{ reason: 'name', count: 1, examples: [path.join(root, 'a/caf\\xe9.jpg')] }]);
    await mkdir(bytes('\xc3\xa8\xb9'));
    await expect(scanImageFolder(root)).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: expect.stringContaining('"\\xc3\\xa8\\xb9" is not UTF-8'),
      hint: expect.stringContaining('Rename it'),
    });
  });

  test('class folders in NFC and NFD are the same class', async () => {
    const [nfc, nfd] = ['caf\u00e9', 'cafe\u0301'];
    const root = await folderOf([`train/${nfd}/1.jpg`, 'train/tea/1.jpg', `val/${nfc}/2.jpg`, 'val/tea/2.jpg']);
    const found = await scanImageFolder(root);
    expect(found.classNames).toEqual([nfc, 'tea']);
    expect(found.splits.validation?.map(({ classIndex }) => classIndex)).toEqual([0, 1]);
    await writeEmptyFiles(root, [`train/${nfc}/3.jpg`]);
    expect((await scanImageFolder(root)).splits.train?.map(({ classIndex }) => classIndex)).toEqual([0, 0, 1]);
  });

  test('folders that systems leave behind are no classes', async () => {
    const left = ['__MACOSX', '@eaDir', 'lost+found', '.ipynb_checkpoints', '$RECYCLE.BIN'];
    const root = await folderOf(['a/1.jpg', 'b/1.jpg', 'a/@eaDir/1.jpg', ...left.map((name) => `${name}/1.jpg`)]);
    const found = await scanImageFolder(root, { validationSplit: 0 });
    expect([found.classNames, found.splits.train?.length]).toEqual([['a', 'b'], 2]);
    expect(found.leftOut.map(({ reason, count }) => [reason, count])).toEqual([['hidden', 6]]);
  });
});

describe('errors', () => {
  test('a missing folder', async () => {
    const root = await temporaryFolder();
    await expect(scanImageFolder(path.join(root, 'none'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: /none does not exist/,
    });
  });

  test('a file in place of a folder', async () => {
    const root = await temporaryFolder();
    await writeFile(path.join(root, 'file'), 'x');
    await expect(scanImageFolder(path.join(root, 'file'))).rejects.toMatchObject({
      code: 'BAD_DATASET',
      message: /is a file/,
    });
  });

  test.each([
    ['an empty folder', [], /has no images/],
    ['images without class folders', ['1.jpg', '2.jpg'], /no class folder, and 2 images directly in it/],
    ['one class only', ['cats/1.jpg'], /only one class \("cats"\)/],
    ['no images at all', ['a/1.txt', 'b/1.txt'], /has no images;/],
    ['an empty class', ['a/1.jpg', 'b/1.txt'], /only one class \("a"\)/],
    [
      'a class of unsupported pictures',
      ['a/1.jpg', 'b/1.svg'],
      /no images of "b", only 1 image in a format.*b\/1\.svg/,
    ],
    [
      'an empty class in validation',
      ['train/a/1.jpg', 'train/b/1.jpg', 'val/a/1.jpg', 'val/b/1.txt'],
      /val has only one class \("a"\)/,
    ],
    [
      'classes that differ',
      ['train/cat/1.jpg', 'train/dog/1.jpg', 'val/cat/1.jpg', 'val/dogs/1.jpg'],
      /is missing dog and has extra dogs/,
    ],
    ['a class too small to divide', ['a/1.jpg', 'b/1.jpg', 'b/2.jpg'], /class "a" has 1 image/],
  ])('%s', async (_, relativePaths, message) => {
    const root = await folderOf(relativePaths);
    await expect(scanImageFolder(root)).rejects.toMatchObject({ code: 'BAD_DATASET', message });
  });

  test.each([-0.1, 1, Number.NaN])('a validation split of %d', async (validationSplit) => {
    const root = await temporaryFolder();
    await expect(scanImageFolder(root, { validationSplit })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  testUnless(process.getuid?.() === 0 ? 'a class folder without permission: root may read all' : undefined)(
    'a class folder without permission',
    async () => {
      const root = await folderOf(['a/1.jpg', 'b/1.jpg']);
      await mkdir(path.join(root, 'c'));
      await chmod(path.join(root, 'c'), 0);
      await expect(scanImageFolder(root)).rejects.toMatchObject({ code: 'NOT_READABLE' });
    },
  );
});
