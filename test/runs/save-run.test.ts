import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { tf } from '../../src/backend/tfjs/tensors.js';
import { buildModel } from '../../src/network/build.js';
import { loadModel } from '../../src/network/store.js';
import { findModel } from '../../src/runs/find-model.js';
import { HISTORY_FILES } from '../../src/runs/history-files.js';
import { type RunRecord, readRun } from '../../src/runs/run.js';
import { type SaveMoment, saveRun } from '../../src/runs/save-run.js';
import { makeCheckpoint, makeRunState } from './run-fixture.js';

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
  const record = await saveRun(
    folder,
    model,
    makeRunState(),
    { checkpoint: makeCheckpoint(1, 2), best: { monitor: 'val_loss', value: 0.5 } },
    undefined,
  );
  expect(await readRun(folder)).toEqual(record);
  expect(record.weights).toEqual({
    last: { folder: 'epoch-0001', epoch: 1, step: 2 },
    best: { folder: 'epoch-0001', epoch: 1, step: 2, monitor: 'val_loss', value: 0.5 },
  });
  expect((await fs.readdir(folder)).sort()).toEqual(['epoch-0001', ...HISTORY_FILES, 'run.json']);
});

test('the best weights stay while later ones come and go, and the newest two checkpoints with theirs', async () => {
  const save = async (epoch: number, moment: Pick<SaveMoment, 'best'> = {}) => {
    record = await saveRun(
      folder,
      model,
      makeRunState(),
      { checkpoint: makeCheckpoint(epoch, epoch), ...moment },
      record,
    );
    return (await fs.readdir(folder))
      .sort()
      .flatMap((name) => /^epoch-0*(\d+)$/.exec(name)?.slice(1).map(Number) ?? []);
  };
  let record: RunRecord | undefined;
  expect(await save(1, { best: { monitor: 'val_loss', value: 0.5 } })).toEqual([1]);
  expect(await save(2)).toEqual([1, 2]);
  expect(await save(3)).toEqual([1, 2, 3]);
  expect(await save(4)).toEqual([1, 3, 4]);
  expect((await findModel(folder)).run).toMatchObject({ kind: 'best', weights: { epoch: 1 } });
  expect((await findModel(folder, 'last')).run).toMatchObject({ kind: 'last', weights: { epoch: 4 } });
  // 1 was the best when 4 was the newest: whoever goes back to 4 needs it.
  expect(await save(5, { best: { monitor: 'val_loss', value: 0.4 } })).toEqual([1, 4, 5]);
  expect(record?.checkpoints.map(({ epoch, best }) => [epoch, best?.epoch])).toEqual([
    [5, 5],
    [4, 1],
  ]);
  expect(await save(6)).toEqual([5, 6]);
});

test('without validation the last weights serve', async () => {
  await saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(1, 2) }, undefined);
  expect((await findModel(folder, 'best')).run).toMatchObject({ kind: 'last', weights: { epoch: 1 } });
});

test('a run that replaces another takes over with its first save, never writing over weights', async () => {
  await saveRun(
    folder,
    model,
    makeRunState({ seed: 1 }),
    { checkpoint: makeCheckpoint(1, 2), best: { monitor: 'val_loss', value: 0.5 } },
    undefined,
  );
  await saveRun(folder, model, makeRunState({ seed: 2 }), { checkpoint: makeCheckpoint(1, 2) }, undefined);
  expect(await readRun(folder)).toMatchObject({ seed: 2, weights: { last: { folder: 'epoch-0001-2' } } });
  expect((await fs.readdir(folder)).sort()).toEqual(['epoch-0001-2', ...HISTORY_FILES, 'run.json']);
});

test('a seed is a number of 32 bits, or the run is refused', async () => {
  await saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(1, 2) }, undefined);
  const file = join(folder, 'run.json');
  const record = JSON.parse(await fs.readFile(file, 'utf8'));
  const readWith = async (seed: number) => {
    await fs.writeFile(file, JSON.stringify({ ...record, seed }));
    return readRun(folder);
  };
  expect(await readWith(2 ** 32 - 1)).toMatchObject({ seed: 2 ** 32 - 1 });
  await expect(readWith(2 ** 32)).rejects.toMatchObject({ code: 'BAD_MODEL', message: expect.stringMatching(/seed/) });
});

test('old weights that cannot be removed do no harm', async () => {
  const record = await saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(1, 2) }, undefined);
  vi.spyOn(fs, 'rm').mockRejectedValue(Object.assign(new Error('made by the test'), { code: 'EACCES' }));
  await saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(2, 4) }, record);
  vi.restoreAllMocks();
  expect((await findModel(folder)).run?.weights.epoch).toBe(2);
});

test('a full disk leaves the run as it was', async () => {
  const record = await saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(1, 2) }, undefined);
  const writeFile = fs.writeFile;
  const full = Object.assign(new Error('made by the test'), { code: 'ENOSPC' });
  for (const failing of ['weights.bin', 'model.json', 'run.json']) {
    vi.spyOn(fs, 'writeFile').mockImplementation(async (path, ...rest) => {
      if (String(path).includes(failing)) throw full;
      await writeFile(path, ...rest);
    });
    const saving = saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(2, 4) }, record);
    await expect(saving).rejects.toMatchObject({ code: 'DISK_FULL' });
    vi.restoreAllMocks();
    expect(await readRun(folder)).toEqual(record);
    (await loadModel((await findModel(folder)).modelPath)).dispose();
  }
});

test.each<[string, string, RegExp]>([
  ['is cut short', '{"format":"cnnviz-r', /not valid JSON/],
  ['belongs to another program', '{"format":"x"}', /expected the run.json of a run, found another file/],
  ['is a number', '7', /found another file/],
  ['comes from a later version', '{"format":"cnnviz-run","formatVersion":99}', /found version 99: update cnnviz/],
  ['lacks its weights', '{"format":"cnnviz-run","formatVersion":1,"classNames":[]}', /missing/],
])('a run.json that %s is refused', async (_, text, message) => {
  await fs.writeFile(join(folder, 'run.json'), text);
  await expect(findModel(folder)).rejects.toMatchObject({
    code: 'BAD_MODEL',
    message: expect.stringMatching(message),
  });
});
