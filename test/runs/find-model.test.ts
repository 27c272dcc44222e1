import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findModel, requireWholeRun } from '../../src/runs/find-model.js';
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

describe('an epoch of a run', () => {
  const at = (epoch: number, step: number, name = `epoch-000${epoch}`) => ({ folder: name, epoch, step });
  const options = { epochs: 5, batchSize: 10, stepsPerEpoch: 60 };

  async function writeEpochs(weights: object, others: object = {}, own: object = options): Promise<void> {
    const record = { ...makeRunState({ options: { ...own } }), weights, ...others };
    await fs.writeFile(join(folder, 'run.json'), JSON.stringify(record));
  }

  const find = async (epoch: number) => (await findModel(`${folder}@${epoch}`)).run;

  test('has the weights of its end, not later ones of a stop in the middle of the next one', async () => {
    const [last, end] = [at(3, 222, 'epoch-0003-2'), at(3, 180)];
    await writeEpochs({ last }, { checkpoints: [last, end], kept: [at(2, 120)] });
    expect(await find(3)).toMatchObject({ weights: end, isEpoch: true });
    expect(await find(3)).not.toHaveProperty('kind');
    expect(await find(2)).toMatchObject({ weights: at(2, 120) });
    await writeEpochs({ last }, { checkpoints: [last], kept: [at(2, 120)] });
    await expect(find(3)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `${folder}@3: the run does not have the weights of epoch 3, only some from the middle of epoch 4 (step 222)`,
      hint: expect.stringMatching(`^It has those of ${folder}@2\\. `),
    });
  });

  test('ends with the pass over the images where nothing else is said', async () => {
    const [last, end] = [at(3, 13, 'epoch-0003-2'), at(3, 12)];
    await writeEpochs({ last }, { checkpoints: [last, end] }, { epochs: 5, batchSize: 10 });
    expect(await find(3)).toMatchObject({ weights: end });
  });

  test('is one that the run has: one that is gone and one that never was are told apart', async () => {
    const best = { ...at(5, 300), monitor: 'val_loss', value: 0.5 };
    await writeEpochs({ last: at(5, 300), best }, { checkpoints: [{ ...at(5, 300), best }, at(4, 240)] });
    expect((await find(5))?.kind).toBe('best');
    const hint = expect.stringMatching(`^It has those of ${folder}@4, ${folder}@5\\. "cnnviz train --keep-epochs N"`);
    const message = (epoch: number, reason: string) => ({ message: `${folder}@${epoch}: ${reason}`, hint });
    await expect(find(9)).rejects.toMatchObject(message(9, 'the run has only 5 epochs'));
    await expect(find(1)).rejects.toMatchObject(message(1, 'the run no longer has the weights of epoch 1'));
  });

  test('is refused where a whole run is meant', async () => {
    await writeEpochs({ last: at(5, 300) });
    const run = await find(5);
    expect(() => requireWholeRun('runs/a@5', run, 'Films are whole.')).toThrow(
      expect.objectContaining({
        code: 'BAD_ARGUMENT',
        message: 'runs/a@5: expected a whole run, found one of its epochs',
        hint: 'Name the run itself, runs/a. Films are whole.',
      }),
    );
  });
});
