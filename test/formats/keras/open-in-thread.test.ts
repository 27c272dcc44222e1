import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseAt } from '../../../src/formats/bad-model.js';
import { openInThread } from '../../../src/formats/keras/open-in-thread.js';

const fixtures = fileURLToPath(new URL('../../fixtures/networks', import.meta.url));
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-thread-'));
  path = join(folder, 'network.h5');
});
afterEach(() => fs.rm(folder, { recursive: true }));

const open = () => openInThread({ path }, refuseAt('network.h5'));

test('a damaged file over which the library goes round for ever is given up, and the next one is read', async () => {
  const bytes = await fs.readFile(join(fixtures, 'stacked.h5'));
  const place = bytes.indexOf('"sparse": false');
  await fs.writeFile(path, Buffer.concat([bytes.subarray(0, place), Buffer.from('8'), bytes.subarray(place)]));
  await expect(open()).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: 'network.h5: it is an HDF5 file that is damaged (reading it does not end)',
    hint: expect.stringContaining('get the file again'),
  });
  await fs.writeFile(path, bytes);
  const { definition, close } = await open();
  await close();
  expect(definition.layers.length).toBeGreaterThan(3);
});

test('a network is read while others are, each weight once', async () => {
  await fs.copyFile(join(fixtures, 'article.h5'), path);
  const networks = await Promise.all([open(), open()]);
  const [first, second] = await Promise.all(
    networks.map(({ definition, readWeights }) =>
      Promise.all(definition.layers.map(({ address }) => readWeights(address))),
    ),
  );
  await Promise.all(networks.map(({ close }) => close()));
  expect(first?.flat().map(({ name }) => name)).toEqual(['kernel', 'bias', 'kernel', 'bias']);
  expect(second).toEqual(first);
});

test('after it is closed, a network is refused instead of waited for', async () => {
  await fs.copyFile(join(fixtures, 'article.h5'), path);
  const { readWeights, close } = await open();
  await close();
  await expect(readWeights('conv2d')).rejects.toThrow('the file is closed');
});
