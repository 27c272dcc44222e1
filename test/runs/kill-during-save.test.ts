import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { createRandom } from '../../src/base/random.js';
import { loadModel } from '../../src/network/store.js';
import { findModel } from '../../src/runs/find-model.js';
import { encodeHistory, HISTORY_FILES } from '../../src/runs/history-files.js';
import { repairRun } from '../../src/runs/repair-run.js';
import { readRun, type WeightsChoice } from '../../src/runs/run.js';
import { saveRun } from '../../src/runs/save-run.js';
import { makeCheckpoint, makeRunState } from './run-fixture.js';

const script = fileURLToPath(new URL('save-forever.mjs', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-kill-'));
  await selectBackend('cpu');
});

afterAll(async () => {
  await fs.rm(folder, { recursive: true });
});

/** Lets a process save without pause, and kills it. */
async function saveUntilKilled(afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [script, folder, JSON.stringify(makeRunState())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), closed]);
  await setTimeout(afterMs);
  child.kill('SIGKILL');
  expect(await closed).toBe('SIGKILL');
}

/** The epoch that a run's record, and every one of its weights, is from. */
async function readEpochs(choice: WeightsChoice): Promise<Set<number>> {
  const { modelPath, run } = await findModel(folder, choice);
  const model = await loadModel(modelPath);
  const epochs = new Set([run?.weights.epoch as number]);
  for (const weight of model.getWeights()) for (const value of weight.dataSync()) epochs.add(value);
  model.dispose();
  return epochs;
}

test('whenever saving is killed, the run is whole: the old one or the new one', { timeout: 180_000 }, async () => {
  const random = createRandom(1, 'sample');
  for (let round = 0; round < 6; round++) {
    await saveUntilKilled(random() * 60);
    const last = await readEpochs('last');
    const { run } = await findModel(folder, 'last');
    expect(last.size).toBe(1);
    expect(run?.record.history.loss).toHaveLength([...last][0] as number);
    expect((await readEpochs('best')).size).toBe(1);
    // The history for other programs is never behind the run: whoever finds a run finished finds all of it.
    const rows = (await fs.readFile(join(folder, 'history.csv'), 'utf8')).trimEnd().split('\n').length - 1;
    const epoch = [...last][0] as number;
    expect([epoch, epoch + 1]).toContain(rows);
    const record = await readRun(folder);
    await repairRun(folder, record);
    const told = encodeHistory(record.history, []);
    for (const name of HISTORY_FILES) expect(await fs.readFile(join(folder, name), 'utf8')).toBe(told[name]);
    expect((await fs.readdir(folder)).filter((name) => name.includes('.tmp-'))).toEqual([]);
  }
});

test('the next save removes what the killed ones left', async () => {
  const { modelPath } = await findModel(folder);
  const model = await loadModel(modelPath);
  const { weights } = await saveRun(folder, model, makeRunState(), { checkpoint: makeCheckpoint(1, 10) }, undefined);
  model.dispose();
  expect((await fs.readdir(folder)).sort()).toEqual([weights.last.folder, ...HISTORY_FILES, 'run.json'].sort());
});
