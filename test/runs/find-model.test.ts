import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findModel } from '../../src/runs/find-model.js';
import { makeRunState } from './run-fixture.js';

let folder: string;

beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'cnnviz-find-')));
});

afterEach(async () => {
  await fs.rm(folder, { recursive: true });
});

async function writeRun(): Promise<void> {
  const weights = { last: { folder: 'epoch-0003', epoch: 3, step: 6 } };
  await fs.writeFile(join(folder, 'run.json'), JSON.stringify({ ...makeRunState(), weights }));
}

test('a run is found by its folder, by its run.json and through a link, which is resolved', async () => {
  await writeRun();
  await fs.symlink(folder, `${folder}-link`);
  const found = await Promise.all([folder, join(folder, 'run.json'), `${folder}-link`].map((path) => findModel(path)));
  await fs.rm(`${folder}-link`);
  expect(found.map((model) => model.modelPath)).toEqual([
    join(folder, 'epoch-0003/model.json'),
    join(folder, 'epoch-0003/model.json'),
    join(folder, 'epoch-0003/model.json'),
  ]);
  expect(found[0]?.run?.record.classNames).toEqual(['cats', 'dogs']);
});

test('a tfjs model is found by its folder and by its file, whatever its name', async () => {
  await fs.writeFile(join(folder, 'model.json'), '{}');
  await fs.writeFile(join(folder, 'other.json'), '{}');
  expect(await findModel(folder)).toEqual({ modelPath: join(folder, 'model.json') });
  expect(await findModel(join(folder, 'other.json'))).toEqual({ modelPath: join(folder, 'other.json') });
});

test('a missing path is refused, and a folder without a run left for others to look into', async () => {
  await expect(findModel(join(folder, 'no'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await findModel(folder)).modelPath).toBe(folder);
});

test('the weights are those that are asked for, else those that the run was made for', async () => {
  const last = { folder: 'epoch-0003', epoch: 3, step: 6 };
  const weights = { last, best: { ...last, folder: 'epoch-0002', epoch: 2, monitor: 'val_loss', value: 0.5 } };
  const found = async (options: object, asked?: 'last' | 'best') => {
    await fs.writeFile(
      join(folder, 'run.json'),
      JSON.stringify({ ...makeRunState({ options: { ...options } }), weights }),
    );
    const { run, modelPath } = await findModel(folder, asked);
    return [run?.kind, run?.weights.epoch, modelPath.includes(run?.weights.folder ?? '')];
  };
  expect(await found({})).toEqual(['best', 2, true]);
  expect(await found({ defaultWeights: 'best' })).toEqual(['best', 2, true]);
  expect(await found({ defaultWeights: 'last' })).toEqual(['last', 3, true]);
  expect(await found({ defaultWeights: 'last' }, 'best')).toEqual(['best', 2, true]);
  expect(await found({}, 'last')).toEqual(['last', 3, true]);
});
