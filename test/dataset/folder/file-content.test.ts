import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRaster } from '../../../src/base/raster.js';
import { sniffFile } from '../../../src/dataset/folder/file-content.js';
import { encodePng } from '../../../src/rendering/png.js';
import { testUnless } from '../../helpers/skip.js';
import { encodeTiff } from '../decode/written-tiff.js';
import { temporaryFolder } from '../drawn-folder.js';

const png = encodePng(createRaster(2, 2, [1, 2, 3]));
const tiff = encodeTiff(Uint8Array.of(1, 2, 3, 4), 2, 2);
const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
const words = 'Please read me, I am a text.';

test.each<[name: string, content: string | Uint8Array, kind: string]>([
  ['a.png', png, 'image'],
  ['a.txt', png, 'image'],
  ['a', png, 'image'],
  ['a.ppm', 'P3\n1 1\n255\n1 2 3\n', 'image'],
  ['a.txt', 'P3\n1 1\n255\n1 2 3\n', 'image'],
  // text that begins as a PPM file does
  ['a.txt', 'P3 is the name of my camera, and this is about it.', 'no-image'],
  ['a.jpg', 'P3 is the name of my camera, and this is about it.', 'no-image'],
  ['a.tif', tiff, 'image'],
  // a camera's raw file is a TIFF, too
  ['a.nef', tiff, 'format'],
  ['a.jpg', heic, 'heic'],
  ['a.heic', heic, 'heic'],
  ['a.jpg', words, 'no-image'],
  ['a.txt', words, 'no-image'],
  ['a.nef', words, 'format'],
  ['a.jpg', '', 'no-image'],
])('%s with %o is seen as what it holds', async (name, content, kind) => {
  const file = path.join(await temporaryFolder(), name);
  writeFileSync(file, content);
  expect(sniffFile(file)).toBe(kind);
});

testUnless(existsSync('/proc/self/fd') ? undefined : 'open files cannot be counted here')(
  'no file stays open',
  async () => {
    const file = path.join(await temporaryFolder(), 'a.png');
    writeFileSync(file, png);
    const before = readdirSync('/proc/self/fd').length;
    for (let time = 0; time < 100; time++) sniffFile(file);
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 50);
  },
);

test('what cannot be read is what its name promises', async () => {
  const folder = await temporaryFolder();
  for (const name of ['a.jpg', 'a.nef', 'a.txt']) mkdirSync(path.join(folder, name));
  const kinds = ['a.jpg', 'a.nef', 'a.txt', 'missing.PNG'].map((name) => sniffFile(path.join(folder, name)));
  expect(kinds).toEqual(['image', 'format', 'no-image', 'image']);
});
