import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSharedImages } from '../../../src/dataset/examine/shared-images.js';
import { temporaryFolder } from '../drawn-folder.js';

const bytes = (length: number, fill: number) => Buffer.alloc(length, fill);

async function writeFiles(contents: Record<string, Buffer>): Promise<(name: string) => string> {
  const root = await temporaryFolder();
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  return (name) => path.join(root, name);
}

test('files of the same bytes are found, whatever they are called', async () => {
  const at = await writeFiles({
    'train/a.jpg': bytes(9000, 1),
    'train/b.jpg': bytes(9000, 2),
    'validation/c.jpg': bytes(9000, 3),
    'validation/d.jpg': bytes(9000, 2),
    'validation/e.jpg': bytes(100, 1),
    'validation/f.jpg': bytes(9000, 2),
  });
  const train = ['train/a.jpg', 'train/b.jpg'].map(at);
  const validation = ['c', 'd', 'e', 'f'].map((name) => at(`validation/${name}.jpg`));
  expect(await findSharedImages(train, validation)).toEqual([
    { train: at('train/b.jpg'), validation: at('validation/d.jpg') },
    { train: at('train/b.jpg'), validation: at('validation/f.jpg') },
  ]);
});

test('a difference anywhere distinguishes files of one size: near the end, and only at the start', async () => {
  const early = bytes(9000, 1);
  early[0] = 0;
  const late = bytes(9000, 1);
  late[8999] = 0;
  const at = await writeFiles({ 'a.jpg': bytes(9000, 1), 'early.jpg': early, 'late.jpg': late });
  expect(await findSharedImages([at('a.jpg')], [at('early.jpg'), at('late.jpg')])).toEqual([]);
});

test('small files, empty ones and files that are not there', async () => {
  const at = await writeFiles({
    'a.jpg': bytes(0, 0),
    'b.jpg': bytes(3, 1),
    'c.jpg': bytes(0, 0),
    'd.jpg': bytes(3, 1),
  });
  const shared = await findSharedImages(['a.jpg', 'b.jpg', 'none.jpg'].map(at), ['c.jpg', 'd.jpg', 'none.jpg'].map(at));
  expect(shared).toEqual([
    { train: at('a.jpg'), validation: at('c.jpg') },
    { train: at('b.jpg'), validation: at('d.jpg') },
  ]);
  expect(await findSharedImages([at('a.jpg')], [])).toEqual([]);
});
