// Several workers train together: each a process of its own, on this machine.

import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { findClusterAddon, findWholeInstallation } from '../../../src/backend/native/cache.js';
import { isKnownHash } from '../../../src/dataset/stream/content-hashes.js';
import type { DataList, SplitList } from '../../../src/runs/data-list.js';
import { findDataList } from '../../../src/runs/find-data-list.js';
import { readRun } from '../../../src/runs/run.js';
import { runProgram } from '../../cli/run-program.js';
import { testUnless } from '../../helpers/skip.js';
import { usePlace } from './training-fixture.js';
import { findPorts, startWorker, startWorkers } from './workers.js';

const installation = findWholeInstallation();
const it = testUnless(
  installation && findClusterAddon(installation) ? undefined : 'the addon for several machines is not set up',
);
// Several processes each, which may have to share the cores with other tests.
vi.setConfig({ testTimeout: 300_000 });
const place = usePlace({ train: 12, validation: 4 });

const small = '--image-size 24 --filters 3 --dense 4 --batch-size 8 --steps-per-epoch 1 --no-check --out run'.split(
  ' ',
);
const sgd = [...small, '--optimizer', 'sgd', '--learning-rate', '0.01'];
const args = (...more: string[]) => ['--data', place.pets, ...sgd, ...more];

function readLosses(folder = place.folder): number[][] {
  const epochs = JSON.parse(readFileSync(join(folder, 'run', 'history.json'), 'utf8')) as Record<string, number>[];
  return epochs.map(({ loss, val_loss }) => [loss, val_loss] as number[]);
}

/** One epoch is one step. */
async function trainAlone(...options: string[]): Promise<number[][]> {
  const alone = join(place.folder, 'alone');
  await fs.mkdir(alone);
  const { exitCode, stderr } = await runProgram(['train', ...options], { cwd: alone, env: { CNNVIZ_BACKEND: 'auto' } });
  expect(exitCode, stderr).toBe(0);
  return readLosses(alone);
}

async function trainTogether(count: number, ...options: string[]): Promise<number[][]> {
  const workers = await startWorkers(place.folder, Array(count).fill(options));
  const codes = await Promise.all(workers.map(({ exitCode }) => exitCode));
  expect(codes, workers.map(({ text }) => text()).join('\n')).toEqual(Array(count).fill(0));
  return readLosses();
}

function expectSame(losses: number[][], expected: number[][], tolerance: number): void {
  expect(losses.length).toBe(expected.length);
  const differences = losses.flat().map((loss, index) => Math.abs(loss - (expected.flat()[index] as number)));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

describe('workers train what one process trains', () => {
  it('two of them, over 12 steps', async () => {
    expectSame(await trainTogether(2, ...args('--epochs', '12')), await trainAlone(...args('--epochs', '12')), 1e-5);
  });

  it('three of them, whose parts are not equal, with a photograph that cannot be read', async () => {
    const pets = join(place.folder, 'pets');
    await fs.cp(place.pets, pets, { recursive: true });
    const [first] = (await fs.readdir(join(pets, 'train', 'cats'))).sort();
    writeFileSync(join(pets, 'train', 'cats', first as string), 'no image');
    const options = ['--data', pets, ...sgd, '--epochs', '4'];
    expectSame(await trainTogether(3, ...options), await trainAlone(...options), 1e-5);
  });

  it('with dropout, averaged weights, augmentation, class weights and smoothed labels', async () => {
    const options = args(
      ...['--epochs', '3', '--dropout', '0.5', '--ema-momentum', '0.9', '--horizontal-flip', '--rotation-range', '20'],
      ...['--label-smoothing', '0.1', '--class-weight', 'balanced'],
    );
    expectSame(await trainTogether(2, ...options), await trainAlone(...options), 1e-5);
  });

  it('with batch normalization by the statistics of all of them', async () => {
    const options = args('--epochs', '3', '--batch-normalization');
    expectSame(await trainTogether(3, ...options), await trainAlone(...options), 1e-5);
  });
});

describe('what workers save', () => {
  it('is what all of them have read, the settings as given, and how many they were', async () => {
    const options = args('--epochs', '12').filter((option) => option !== '--no-check');
    const workers = await startWorkers(place.folder, [options, options]);
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode)), workers[0]?.text()).toEqual([0, 0]);
    expect(workers[0]?.text()).toContain('Images are not checked with 2 workers');
    const folder = join(place.folder, 'run');
    const record = await readRun(folder);
    expect(record.options.check).toBe(true);
    const { train, validation } = (await findDataList(folder, record)) as DataList;
    for (const { files, hashes = new Uint8Array() } of [train, validation as SplitList]) {
      expect(files.filter((_, index) => !isKnownHash(hashes, index))).toEqual([]);
    }
    const more = ['train', '--resume', 'run', '--epochs', '13'];
    const alone = await runProgram(more, { cwd: place.folder, env: { CNNVIZ_BACKEND: 'auto' } });
    expect([alone.exitCode, alone.stderr]).toEqual([0, expect.stringMatching(/not be bit-for-bit.*workers 2, now 1/)]);
    expect((await readRun(folder)).check?.examined).toBeGreaterThan(0);
  });
});

describe('workers that cannot go on', () => {
  it('are refused before the first step where they do not agree, with the difference', async () => {
    const workers = await startWorkers(place.folder, [args(), args('--seed', '2')]);
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([1, 1]);
    for (const { text } of workers)
      expect(text()).toMatch(/error: worker 1 .* differs from worker 0: seed 2 instead of 1/);
  });

  it('end where one never comes', async () => {
    const [own, other] = await findPorts(2);
    const worker = [`127.0.0.1:${other}`, `127.0.0.1:${own}`];
    const alone = startWorker(place.folder, args('--wait', '1'), {
      cluster: { worker },
      task: { type: 'worker', index: 1 },
    });
    expect(await alone.exitCode).toBe(75);
    expect(alone.text()).toContain(`error: worker 0 (127.0.0.1:${other}) did not answer within 1 s`);
  });

  it('end where their port is taken', async () => {
    const server = createServer().listen(0, '0.0.0.0');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const cluster = { worker: [`127.0.0.1:${port}`, '127.0.0.1:1'] };
    const worker = startWorker(place.folder, args('--wait', '1'), { cluster, task: { type: 'worker', index: 0 } });
    expect(await worker.exitCode).toBe(75);
    expect(worker.text()).toContain(`error: worker 0 (127.0.0.1:${port}) cannot listen on port ${port}`);
    server.close();
  });

  it.each([0, 1])('end where worker %i is stopped', async (stopped) => {
    const options = args('--epochs', '100000', '--step-limit', '4');
    const workers = await startWorkers(place.folder, [options, options]);
    await workers[0]?.said('Epoch      1/');
    workers[stopped]?.process.kill('SIGSTOP');
    const other = workers[1 - stopped];
    expect(await other?.exitCode).toBe(75);
    expect(other?.text()).toMatch(new RegExp(`error: worker ${stopped} .* does not answer`));
    workers[stopped]?.process.kill('SIGKILL');
  });

  it('stop after the same step when one is asked to, and the run goes on exactly', async () => {
    const workers = await startWorkers(place.folder, Array(2).fill(args('--epochs', '100000')));
    await workers[0]?.said('Epoch      3/');
    workers[1]?.process.kill('SIGTERM');
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([143, 143]);
    const done = readLosses().length;
    const epochs = ['--epochs', String(done + 2)];
    const again = await startWorkers(place.folder, Array(2).fill(['--resume', 'run', ...epochs]));
    expect(await Promise.all(again.map(({ exitCode }) => exitCode)), again[1]?.text()).toEqual([0, 0]);
    const resumed = readLosses();
    await fs.rm(join(place.folder, 'run'), { recursive: true });
    expect(await trainTogether(2, ...args(...epochs))).toEqual(resumed);
  });
});

describe('one command for a scheduler', () => {
  const night = () => args('--restartable', '--step-limit', '20');

  it('begins a run, and continues it exactly after any worker was killed', async () => {
    const command = [...night(), '--epochs', '400'];
    for (const killed of [1, 0]) {
      const workers = await startWorkers(place.folder, Array(2).fill(command));
      await workers[0]?.said('/400');
      workers[killed]?.process.kill('SIGKILL');
      expect(await workers[1 - killed]?.exitCode).toBe(75);
      expect(workers[1 - killed]?.text()).toMatch(new RegExp(`error: worker ${killed} .* has ended`));
    }
    const done = readLosses().length;
    const epochs = ['--epochs', String(done + 2)];
    const resumed = await trainTogether(2, ...night(), ...epochs);
    await fs.rm(join(place.folder, 'run'), { recursive: true });
    expect(await trainTogether(2, ...night(), ...epochs)).toEqual(resumed);
    const again = await runProgram(['train', ...night(), ...epochs], { cwd: place.folder });
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('nothing to do: the run already has')]);
  });
});

describe('without workers', () => {
  it('nothing listens, and with --workers 2 two processes train', async () => {
    const options = ['train', ...args('--epochs', '1')];
    const alone = await runProgram(options, { cwd: place.folder, env: { CNNVIZ_BACKEND: 'auto' } });
    expect([alone.exitCode, alone.stdout + alone.stderr]).toEqual([0, expect.not.stringContaining('port')]);
    const expected = readLosses();
    await fs.rm(join(place.folder, 'run'), { recursive: true });
    const two = await runProgram([...options, '--workers', '2'], {
      cwd: place.folder,
      env: { CNNVIZ_BACKEND: 'auto' },
    });
    expect([two.exitCode, two.stdout + two.stderr]).toEqual([0, expect.stringContaining('Worker 1 of 2')]);
    expectSame(readLosses(), expected, 1e-5);
  });

  it('an evaluator has nothing to do', async () => {
    const config = { cluster: { worker: ['a:1', 'b:2'] }, task: { type: 'evaluator', index: 0 } };
    const { exitCode, stderr } = await runProgram(['train', ...args()], { env: { TF_CONFIG: JSON.stringify(config) } });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('nothing to do for an evaluator')]);
  });
});
