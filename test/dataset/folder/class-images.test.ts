import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listClassImages } from '../../../src/dataset/folder/class-images.js';
import { readClassName } from '../../../src/dataset/folder/class-name.js';
import { temporaryFolder, writeEmptyFiles } from '../drawn-folder.js';

async function listOf(relativePaths: string[]) {
  const root = await temporaryFolder();
  await writeEmptyFiles(root, relativePaths);
  const { images, leftOut, root: found, folder, classFolders: _, ...rest } = await listClassImages(root);
  const shorten = (files: string[]) => files.map((file) => path.relative(root, file));
  expect(found).toBe(root);
  const unsupported = leftOut.find(({ reason }) => reason === 'format')?.examples ?? [];
  return {
    ...rest,
    folder: path.relative(root, folder),
    images: images.map(shorten),
    unsupported: shorten(unsupported),
  };
}

test.each([
  ['cat.0.jpg', 'cat'],
  ['dog.12499.jpg', 'dog'],
  ['american_bulldog_12.JPEG', 'american_bulldog'],
  ['Golden-Retriever-7.png', 'Golden-Retriever'],
  ['猫.3.webp', '猫'],
  ['cat.jpg', undefined],
  ['cat12.jpg', undefined],
  ['12.jpg', undefined],
  ['2024_12.jpg', undefined],
  ['cat_2_17.jpg', undefined],
  ['cat.7.copy.jpg', undefined],
  ['IMG_0012.JPG', undefined],
  ['val_7.jpg', undefined],
  ['cat_image_7.jpg', 'cat_image'],
  ['cafe\u0301.7.jpg', 'caf\u00e9'],
])('%s is of the class %s', (name, className) => {
  expect(readClassName(name)).toBe(className);
});

test("Kaggle's flat folder: classes from the names, images in numeric order", async () => {
  const names = [
    'dog.10.jpg',
    'cat.2.jpg',
    'dog.9.jpg',
    'cat.10.jpg',
    'cat.0.jpg',
    'cat.5.svg',
    'README.txt',
    '.dog.1.jpg',
  ];
  expect(await listOf(names)).toEqual({
    folder: '',
    layout: 'flat',
    classNames: ['cat', 'dog'],
    images: [
      ['cat.0.jpg', 'cat.2.jpg', 'cat.10.jpg'],
      ['dog.9.jpg', 'dog.10.jpg'],
    ],
    unsupported: ['cat.5.svg'],
  });
});

test('class folders: any names, sub-folders too, folders without a picture are no class', async () => {
  const names = [
    'dogs/b.jpg',
    'dogs/a.jpg',
    'cats/10.jpg',
    'cats/9.jpg',
    'cats/more/1.jpg',
    'notes/x.txt',
    'cats/a.svg',
  ];
  expect(await listOf(names)).toEqual({
    folder: '',
    layout: 'folders',
    classNames: ['cats', 'dogs'],
    images: [
      ['cats/9.jpg', 'cats/10.jpg', 'cats/more/1.jpg'],
      ['dogs/a.jpg', 'dogs/b.jpg'],
    ],
    unsupported: ['cats/a.svg'],
  });
});

test('a flat folder may have folders without pictures in it', async () => {
  expect(await listOf(['cat.1.jpg', 'dog.1.jpg', '__MACOSX/._cat.1.jpg'])).toMatchObject({ layout: 'flat' });
});

describe('refused', () => {
  test.each([
    [
      'images and class folders',
      ['cat.1.jpg', 'dogs/1.jpg', 'cats/1.jpg'],
      /directly in it \(cat\.1\.jpg\).*cats, dogs/,
    ],
    [
      'names without a class',
      ['cat.1.jpg', 'dog.1.jpg', 'holiday.jpg'],
      /1 of them with no class in the name \(for example holiday\.jpg\)/,
    ],
    ['one class', ['cat.1.jpg', 'cat.2.jpg'], /all of one class \("cat"\)/],
    ['no images', ['readme.txt'], /no images/],
    [
      'a divided folder',
      ['train/a/1.jpg', 'train/b/1.jpg', 'val/a/2.jpg', 'val/b/2.jpg'],
      /has train, validation in place/,
    ],
    ['classes that differ in capitals', ['Cat.1.jpg', 'cat.2.jpg'], /Cat and cat|cat and Cat/],
  ])('%s', async (_, names, message) => {
    await expect(listOf(names)).rejects.toMatchObject({ code: 'BAD_DATASET', message: expect.stringMatching(message) });
  });

  test('a file, and nothing at all', async () => {
    const root = await temporaryFolder();
    await writeEmptyFiles(root, ['train.zip']);
    await expect(listClassImages(path.join(root, 'train.zip'))).rejects.toMatchObject({ code: 'BAD_DATASET' });
    await expect(listClassImages(path.join(root, 'nowhere'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test("Kaggle's folder above: what has classes is taken", async () => {
  expect(await listOf(['train/cat.0.jpg', 'train/dog.0.jpg', 'test1/1.jpg'])).toMatchObject({
    folder: 'train',
    layout: 'flat',
    classNames: ['cat', 'dog'],
  });
});

test('links to class folders count as such', async () => {
  const root = await temporaryFolder();
  await writeEmptyFiles(root, ['elsewhere/1.jpg', 'data/dogs/1.jpg']);
  await symlink('../elsewhere', path.join(root, 'data/cats'));
  expect((await listClassImages(path.join(root, 'data'))).classNames).toEqual(['cats', 'dogs']);
});
