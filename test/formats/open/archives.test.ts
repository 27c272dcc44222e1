import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { refuseAt } from '../../../src/formats/bad-model.js';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';
import { openZip } from '../../../src/formats/storage/zip-archive.js';

const refuse = refuseAt('network.zip');
const fixtures = fileURLToPath(new URL('../../fixtures/networks', import.meta.url));
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-archives-'));
  path = join(folder, 'network.zip');
  // Other processes unpack files as well.
  const own = join(folder, 'temporary');
  await fs.mkdir(own);
  vi.stubEnv('TMPDIR', own).stubEnv('TEMP', own);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await fs.rm(folder, { recursive: true });
});

type Content = Record<string, Buffer | string>;

async function writeZip(content: Content | ((zip: ZipFile) => void), target = path): Promise<void> {
  const zip = new ZipFile();
  if (typeof content === 'function') content(zip);
  else for (const [name, data] of Object.entries(content)) zip.addBuffer(Buffer.from(data), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(target));
}

/** Changes every place of some bytes for others of the same length. */
async function patch(from: string, to: string): Promise<void> {
  const bytes = await fs.readFile(path, 'latin1');
  expect(bytes).toContain(from);
  await fs.writeFile(path, bytes.replaceAll(from, to), 'latin1');
}

const describe = async (name = path) => {
  const file = await openNetworkFile(name);
  const weights = await Promise.all(file.definition.layers.map(({ address }) => file.readWeights(address)));
  await file.close();
  return { format: file.format, origin: file.origin, count: weights.flat().length };
};

const leftovers = () => fs.readdir(tmpdir());

test('a .keras file that a mail program called .zip, in a folder of its own, or unpacked', async () => {
  const expected = { format: 'Keras 3 archive', origin: {}, count: 4 };
  await fs.copyFile(join(fixtures, 'article.keras'), path);
  expect(await describe()).toEqual(expected);
  const archive = await openZip(path, refuse);
  const unpacked = join(folder, 'unpacked');
  await fs.mkdir(unpacked);
  for (const name of archive.entries.keys()) await archive.extract(name, join(unpacked, name));
  archive.close();
  expect(await describe(unpacked)).toEqual(expected);
  const again = join(folder, 'again.zip');
  await writeZip((zip) => {
    for (const name of ['config.json', 'metadata.json', 'model.weights.h5']) {
      zip.addFile(join(unpacked, name), `my network/${name}`);
    }
    zip.addBuffer(Buffer.from('x'), '__MACOSX/my network/._config.json');
  }, again);
  expect(await describe(again)).toEqual(expected);
  expect(await leftovers()).toEqual([]);
});

test('the exports of Teachable Machine as the archives that it offers', async () => {
  await writeZip((zip) => {
    for (const name of ['keras_model.h5', 'labels.txt']) zip.addFile(join(fixtures, 'converted_keras', name), name);
  });
  const origin = {
    classNames: { value: ['Cats', 'My dogs'], source: 'labels.txt beside it' },
    convention: { value: 'signed', source: 'Teachable Machine, which made it' },
    fit: { value: 'crop', source: 'Teachable Machine, which made it' },
  };
  expect(await describe()).toEqual({ format: 'Teachable Machine export', origin, count: 9 });
  const tfjs = join(fixtures, 'tfjs-of-keras-3');
  const metadata = { tmVersion: '2.4.10', packageName: '@teachablemachine/image', labels: ['a', 'b'], imageSize: 8 };
  await writeZip((zip) => {
    zip.addBuffer(Buffer.from(JSON.stringify(metadata)), 'metadata.json');
    zip.addFile(join(tfjs, 'model.json'), 'model.json');
    for (const part of ['1of2', '2of2']) {
      zip.addFile(join(tfjs, `group1-shard${part}.bin`), `group1-shard${part}.bin`);
    }
  });
  expect(await describe()).toMatchObject({ format: 'Teachable Machine export', count: 8 });
  expect((await describe()).origin.classNames).toEqual({ value: ['a', 'b'], source: 'metadata.json beside it' });
  expect(await leftovers()).toEqual([]);
});

test('names that lead out of a folder are refused, and nothing is written there', async () => {
  for (const name of ['../evil.h5', '/tmp/evil.h5', '..\\evil.h5', 'a/../../b.h5']) {
    const honest = name.replaceAll(/[./\\]/g, 'x');
    await writeZip({ [honest]: 'x', 'network.h5': 'x' });
    await patch(honest, name);
    await expect(openNetworkFile(path)).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(
        /is a zip archive that cannot be read \(.*(invalid relative path|absolute path|invalid characters)/,
      ),
    });
  }
  expect(await fs.readdir(folder)).toEqual(['network.zip', 'temporary']);
});

test('bombs and absurd sizes are refused before anything is unpacked', async () => {
  await writeZip({ 'config.json': '{}', 'model.weights.h5': Buffer.alloc(40 * 2 ** 20) });
  const bomb =
    /its entry "model\.weights\.h5" would unpack to 41943040 bytes from \d{1,6}, which no network's weights do$/;
  await expect(openNetworkFile(path)).rejects.toMatchObject({ message: expect.stringMatching(bomb) });

  await writeZip((zip) => {
    for (let number = 0; number <= 10_000; number++) zip.addEmptyDirectory(`${number}`);
  });
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    message: expect.stringMatching(/more than 10000 entries$/),
  });

  await writeZip((zip) => {
    zip.addBuffer(Buffer.from('a'), 'model.json');
    zip.addBuffer(Buffer.from('b'), 'model.json');
  });
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    message: expect.stringMatching(/two entries called "model\.json"$/),
  });

  // Entries of which each alone would be harmless.
  const part = Buffer.alloc(9 * 2 ** 20);
  await writeZip({ '1.bin': part, '2.bin': part });
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    message: expect.stringMatching(/its entries would unpack to 18874368 bytes from \d{5}, which/),
  });

  // An entry that declares 3 bytes and holds 4.
  await writeZip((zip) => zip.addBuffer(Buffer.from('{}  '), 'model.json', { compress: false }));
  const bytes = await fs.readFile(path);
  const central = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  bytes.writeUInt32LE(3, central + 20);
  bytes.writeUInt32LE(3, central + 24);
  await fs.writeFile(path, bytes);
  await expect(openNetworkFile(path)).rejects.toMatchObject({ code: 'BAD_MODEL' });

  // An archive that is called a network and holds itself, for ever.
  await writeZip({ 'network.keras': await nest(4) });
  await expect(openNetworkFile(path)).rejects.toMatchObject({ message: expect.stringMatching(/archive of archives$/) });
  expect(await leftovers()).toEqual([]);
});

async function nest(depth: number): Promise<Buffer> {
  const target = join(folder, `inner-${depth}`);
  await writeZip({ 'network.keras': depth === 0 ? 'end' : await nest(depth - 1) }, target);
  const content = await fs.readFile(target);
  await fs.rm(target);
  return content;
}

test('an entry whose bytes are not those that were packed is refused, packed or not', async () => {
  await fs.copyFile(join(fixtures, 'article.keras'), path);
  const whole = await fs.readFile(path);
  const { entries, close } = await openZip(path, refuse);
  close();
  // In the middle of the weights, which Keras does not pack.
  const weights = whole.indexOf('model.weights.h5') + (entries.get('model.weights.h5') as number) / 2;
  const damaged = Buffer.from(whole);
  damaged.writeUInt8((whole[weights] as number) ^ 1, weights);
  await fs.writeFile(path, damaged);
  const message = /its entry "model\.weights\.h5" is damaged \(its checksum differs\)$/;
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(message),
  });
  await writeZip({ 'config.json': '{"class_name": "Sequential"}', 'model.weights.h5': 'x' });
  const packed = await fs.readFile(path);
  const central = packed.indexOf('PK\x01\x02', 0, 'latin1');
  packed.writeUInt32LE(7, central + 16);
  await fs.writeFile(path, packed);
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    message: expect.stringMatching(/"config\.json" is damaged/),
  });
  expect(await leftovers()).toEqual([]);
});

test('names that no disk takes are an error in a line', async () => {
  const json = { modelTopology: {}, weightsManifest: [{ paths: ['a', 'a/b'], weights: [] }] };
  await writeZip({ 'model.json': JSON.stringify(json), a: 'x', 'a/b': 'x' });
  await expect(openNetworkFile(path)).rejects.toMatchObject({ name: 'CnnvizError', code: 'NOT_WRITABLE' });
  expect(await leftovers()).toEqual([]);
});

test('what macOS puts beside a network is none', async () => {
  await fs.copyFile(join(fixtures, 'article.h5'), join(folder, 'article.h5'));
  await fs.writeFile(join(folder, '._article.h5'), 'x');
  expect((await describe(folder)).format).toBe('Keras HDF5 file');
});

test('an archive that ended early says so', async () => {
  const whole = await fs.readFile(join(fixtures, 'article.keras'));
  await fs.writeFile(path, whole.subarray(0, whole.length - 30));
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(/begins as a zip archive and has no end/),
    hint: expect.stringContaining('ended early'),
  });
});

test.each<[string, Content, RegExp]>([
  ['PyTorch', { 'archive/data.pkl': 'x', 'archive/data/0': 'x', 'archive/version': '3' }, /file of PyTorch/],
  ['SavedModel', { 'model.savedmodel/saved_model.pb': 'x', 'labels.txt': '0 a' }, /SavedModel/],
  ['TensorFlow Lite', { 'model_unquant.tflite': 'x', 'labels.txt': '0 a' }, /TensorFlow Lite/],
  ['photos', { 'cats/1.jpg': 'x', 'cats/2.jpg': 'x' }, /zip archive without a network in it; it holds/],
  ['nothing', {}, /it holds nothing$/],
  ['two networks', { 'a.h5': 'x', 'b.keras': 'x' }, /holds 2 networks: a\.h5, b\.keras$/],
  ['weights in npz', { 'config.json': '{}', 'model.weights.npz': 'x' }, /keeps its weights in model\.weights\.npz/],
  [
    'a configuration that is none',
    { 'config.json': '[3', 'model.weights.h5': 'x' },
    /config\.json: it is not valid JSON$/,
  ],
  ['weights that are none', { 'config.json': '{}', 'model.weights.h5': 'x' }, /class_name/],
])('a zip of %s is refused in a sentence', async (_, content, message) => {
  await writeZip(content);
  await expect(openNetworkFile(path)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(message),
  });
  expect((await openNetworkFile(path).catch((error: Error) => error.message)).toString()).toContain(basename(path));
});
