import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { tf } from '../../src/backend/tensors.js';
import { buildModel } from '../../src/model/build.js';
import { findModel } from '../../src/model/find-model.js';
import { readRun } from '../../src/model/run.js';
import { saveRun } from '../../src/model/save-run.js';
import { loadModel } from '../../src/model/store.js';
import { makeRunState } from './run-fixture.js';

let folder: string;
let model: tf.LayersModel;

beforeAll(async () => {
  await selectBackend('cpu');
});

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-run-'));
  model = buildModel({ imageSize: 12, filters: [4, 4], dense: 8, dropout: 0, classCount: 2 }, 1);
});

afterEach(async () => {
  vi.restoreAllMocks();
  model.dispose();
  await fs.rm(folder, { recursive: true });
});

test('what is read is what was saved', async () => {
  const record = await saveRun(folder, model, makeRunState(), { epoch: 1, step: 2, bestValue: 0.5 }, undefined);
  expect(await readRun(folder)).toEqual(record);
  expect(record.weights).toEqual({
    last: { folder: 'epoch-0001', epoch: 1, step: 2 },
    best: { folder: 'epoch-0001', epoch: 1, step: 2, monitor: 'val_loss', value: 0.5 },
  });
  expect((await fs.readdir(folder)).sort()).toEqual(['epoch-0001', 'run.json']);
});

test('the best weights stay while later ones come and go', async () => {
  let record = await saveRun(folder, model, makeRunState(), { epoch: 1, step: 2, bestValue: 0.5 }, undefined);
  record = await saveRun(folder, model, makeRunState(), { epoch: 2, step: 4 }, record);
  record = await saveRun(folder, model, makeRunState(), { epoch: 3, step: 6 }, record);
  expect((await fs.readdir(folder)).sort()).toEqual(['epoch-0001', 'epoch-0003', 'run.json']);
  expect((await findModel(folder)).run).toMatchObject({ kind: 'best', weights: { epoch: 1 } });
  expect((await findModel(folder, 'last')).run).toMatchObject({ kind: 'last', weights: { epoch: 3 } });
  record = await saveRun(folder, model, makeRunState(), { epoch: 4, step: 8, bestValue: 0.4 }, record);
  expect((await fs.readdir(folder)).sort()).toEqual(['epoch-0004', 'run.json']);
});

test('without validation the last weights serve', async () => {
  await saveRun(folder, model, makeRunState(), { epoch: 1, step: 2 }, undefined);
  expect((await findModel(folder, 'best')).run).toMatchObject({ kind: 'last', weights: { epoch: 1 } });
});

test('a run that replaces another takes over with its first save, never writing over weights', async () => {
  await saveRun(folder, model, makeRunState({ seed: 1 }), { epoch: 1, step: 2, bestValue: 0.5 }, undefined);
  await saveRun(folder, model, makeRunState({ seed: 2 }), { epoch: 1, step: 2 }, undefined);
  expect(await readRun(folder)).toMatchObject({ seed: 2, weights: { last: { folder: 'epoch-0001-2' } } });
  expect((await fs.readdir(folder)).sort()).toEqual(['epoch-0001-2', 'run.json']);
});

test('old weights that cannot be removed do no harm', async () => {
  const record = await saveRun(folder, model, makeRunState(), { epoch: 1, step: 2 }, undefined);
  vi.spyOn(fs, 'rm').mockRejectedValue(Object.assign(new Error('made by the test'), { code: 'EACCES' }));
  await saveRun(folder, model, makeRunState(), { epoch: 2, step: 4 }, record);
  vi.restoreAllMocks();
  expect((await findModel(folder)).run?.weights.epoch).toBe(2);
});

test('a full disk leaves the run as it was', async () => {
  const record = await saveRun(folder, model, makeRunState(), { epoch: 1, step: 2 }, undefined);
  const writeFile = fs.writeFile;
  const full = Object.assign(new Error('made by the test'), { code: 'ENOSPC' });
  for (const failing of ['weights.bin', 'model.json', 'run.json']) {
    vi.spyOn(fs, 'writeFile').mockImplementation(async (path, ...rest) => {
      if (String(path).includes(failing)) throw full;
      await writeFile(path, ...rest);
    });
    const saving = saveRun(folder, model, makeRunState(), { epoch: 2, step: 4 }, record);
    await expect(saving).rejects.toMatchObject({ code: 'DISK_FULL' });
    vi.restoreAllMocks();
    expect(await readRun(folder)).toEqual(record);
    (await loadModel((await findModel(folder)).modelPath)).dispose();
  }
});

test.each<[string, string, RegExp]>([
  ['is cut short', '{"format":"cnnviz-r', /not valid JSON/],
  ['belongs to another program', '{"format":"x"}', /expected "format": "cnnviz-run"/],
  ['is a number', '7', /expected "format"/],
  ['comes from a later version', '{"format":"cnnviz-run","formatVersion":99}', /received 99: update cnnviz/],
  ['lacks its weights', '{"format":"cnnviz-run","formatVersion":1,"classNames":[]}', /missing/],
])('a run.json that %s is refused', async (_, text, message) => {
  await fs.writeFile(join(folder, 'run.json'), text);
  await expect(findModel(folder)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(message),
  });
});
