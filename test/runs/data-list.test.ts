import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ContentHashes, hashContent } from '../../src/dataset/stream/content-hashes.js';
import { type DataList, decodeDataList, encodeDataList } from '../../src/runs/data-list.js';

function makeList(): DataList {
  const hashes = new ContentHashes(4);
  hashes.note(0, Buffer.from('a'));
  hashes.note(2, Buffer.from('b'));
  hashes.use([0, 2]);
  return {
    train: {
      files: ['cats/a.jpg', 'cats/deep/a.jpg', 'dogs/ü "1".jpg', 'loose.jpg'],
      classIndexes: [0, 0, 1, 1],
      sizes: [10, null, 30, 0],
      hashes: hashes.bytes,
      badFiles: [{ path: 'loose.jpg', reason: 'the file is empty' }],
    },
    validation: { files: ['cats/b.jpg'], classIndexes: [0], sizes: [7], badFiles: [] },
  };
}

test('a list comes back from its bytes as it was', async () => {
  const list = makeList();
  expect(await decodeDataList(await encodeDataList(list), 'x')).toEqual(list);
  const { validation: _, ...trainOnly } = list;
  expect(await decodeDataList(await encodeDataList(trainOnly), 'x')).toEqual(trainOnly);
});

test('the same list has the same bytes', async () => {
  expect(await encodeDataList(makeList())).toEqual(await encodeDataList(makeList()));
});

test('hashes are the first bytes of SHA-256, of the files that were used, noted once, and counted', () => {
  expect(hashContent(Buffer.from('abc')).toString('hex')).toBe('ba7816bf8f01cfea');
  const hashes = new ContentHashes(2);
  hashes.note(1, Buffer.from('abc'));
  expect(hashes.knownCount).toBe(0); // read ahead, and not used yet
  hashes.use([1]);
  hashes.note(1, Buffer.from('other'));
  hashes.use([0, 1]);
  hashes.set(0, new Uint8Array(8));
  expect(Buffer.from(hashes.bytes).toString('hex')).toBe('0000000000000000ba7816bf8f01cfea');
  expect(hashes.knownCount).toBe(1);
});

test('a hundred thousand images take less than 14 bytes each', async () => {
  const count = 100_000;
  const hashes = new ContentHashes(count);
  for (let index = 0; index < count; index++) hashes.note(index, Buffer.from(`${index}`));
  const files = Array.from({ length: count }, (_, index) => `train/${index < count / 2 ? 'cat' : 'dog'}s/${index}.jpg`);
  hashes.use(files.keys());
  const sizes = files.map((_, index) => 5000 + ((index * 7919) % 40_009));
  const classIndexes = files.map((_, index) => (index < count / 2 ? 0 : 1));
  const bytes = await encodeDataList({ train: { files, sizes, classIndexes, hashes: hashes.bytes, badFiles: [] } });
  expect(bytes.length / count).toBeLessThan(14);
});

const good = { folders: [['cats', 0, 1]], names: ['a.jpg'], sizes: [1], badFiles: [] };
test.each<[string, unknown]>([
  ['no gzip', Buffer.from('{}')],
  ['another format', { format: 'cnnviz-run' }],
  ['a later version', { format: 'cnnviz-data', formatVersion: 2 }],
  ['no splits', { format: 'cnnviz-data', formatVersion: 1 }],
  ['names that are none', { splits: { train: { ...good, names: [1] } } }],
  ['sizes of another length', { splits: { train: { ...good, sizes: [] } } }],
  ['folders of another length', { splits: { train: { ...good, folders: [['cats', 0, 2]] } } }],
  ['a folder of a billion files', { splits: { train: { ...good, folders: [['cats', 0, 1e9]] } } }],
  ['hashes of another length', { splits: { train: { ...good, hashes: 'AAAA' } } }],
  ['bad files that are none', { splits: { train: { ...good, badFiles: [null] } } }],
  ['a validation that is none', { splits: { train: good, validation: 3 } }],
])('%s is refused', async (_, value) => {
  const json = { format: 'cnnviz-data', formatVersion: 1, ...(value as object) };
  const bytes = value instanceof Buffer ? value : gzipSync(JSON.stringify(json));
  await expect(decodeDataList(bytes, 'here')).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/^here: /),
  });
});
