// Several workers train together: each a process of its own, on this machine.

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { isKnownHash } from '../../../src/dataset/stream/content-hashes.js';
import type { DataList, SplitList } from '../../../src/runs/data-list.js';
import { findDataList } from '../../../src/runs/find-data-list.js';
import { readRun } from '../../../src/runs/run.js';
import { runProgram } from '../../cli/run-program.js';
import { findPorts, listListening, openLink, startWorker, startWorkers, type Worker } from './workers.js';
import { expectSame, workersTest as it, useWorkers } from './workers-fixture.js';

const { place, args, sgd, readLosses, trainAlone, trainTogether, runAlone } = useWorkers();

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

  it.each([
    ['the network between them is cut', '4', false, 'does not answer'],
    ['one has ended unnoticed by TensorFlow', '100', true, 'has ended'],
  ])('end where %s', async (_, limit, refuses, what) => {
    const [first, second] = (await findPorts(2)) as [number, number];
    const links = await Promise.all([first, second].map(openLink));
    const [toFirst, toSecond] = links.map(({ port }) => port);
    const options = args('--epochs', '100000', '--step-limit', limit);
    const workers = [
      [first, toSecond],
      [toFirst, second],
    ].map((ports, index) => {
      const worker = ports.map((port) => `127.0.0.1:${port}`);
      return startWorker(place.folder, options, { cluster: { worker }, task: { type: 'worker', index } });
    });
    await workers[0]?.said('Epoch      1/');
    const cutAt = performance.now();
    for (const link of links) link.cut(refuses);
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([75, 75]);
    expect(performance.now() - cutAt).toBeLessThan(90_000);
    expect(workers[0]?.text()).toContain(`error: worker 1 (127.0.0.1:${toSecond}) ${what}`);
    expect(workers[1]?.text()).toContain(`error: worker 0 (127.0.0.1:${toFirst}) ${what}`);
    for (const link of links) link.close();
  });

  it('stop after the same step when one is asked to, and the run goes on exactly, with its film', async () => {
    const probe = ['--probe', join(place.pets, 'train/cats/cat.0.png')];
    const workers = await startWorkers(place.folder, Array(2).fill(args('--epochs', '100000', '--live', ...probe)));
    await workers[0]?.said('Epoch      3/');
    await expectWatchedAtFirst(workers);
    workers[1]?.process.kill('SIGTERM');
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([143, 143]);
    const done = readLosses().length;
    expect(Object.keys(await readFilmBytes())).toHaveLength(done + 2);
    const epochs = ['--epochs', String(done + 2)];
    const again = await startWorkers(place.folder, Array(2).fill(['--resume', 'run', ...epochs]));
    expect(await Promise.all(again.map(({ exitCode }) => exitCode)), again[1]?.text()).toEqual([0, 0]);
    const [resumed, film] = [readLosses(), await readFilmBytes()];
    await fs.rm(join(place.folder, 'run'), { recursive: true });
    expect(await trainTogether(2, ...args(...epochs, ...probe))).toEqual(resumed);
    expect(await readFilmBytes()).toEqual(film);
  });
});

/** The first of two workers serves the run, under the one address that is printed. */
async function expectWatchedAtFirst([first, second]: readonly Worker[]): Promise<void> {
  const addresses = [...(first?.text() ?? '').matchAll(/^Live: (\S+)$/gm)].map(([, url]) => url as string);
  expect([addresses.length, second?.text()]).toEqual([1, expect.not.stringContaining('Live:')]);
  await expect.poll(async () => (await fetch(`${addresses[0]}frames/2`)).status, { timeout: 60_000 }).toBe(200);
  const { port } = new URL(addresses[0] as string);
  const ports = [first, second].map((worker) => listListening((worker as Worker).process));
  expect(ports.map(({ length }) => length)).toEqual([2, 1]);
  expect(ports[0]).toContain(Number(port));
}

/** Every file of the run's only film. */
async function readFilmBytes(): Promise<Record<string, string>> {
  const run = join(place.folder, 'run');
  const [film, ...others] = (await fs.readdir(run)).filter((name) => name.startsWith('film-'));
  expect(others).toEqual([]);
  const names = (await fs.readdir(join(run, film as string))).sort();
  const read = async (name: string) => [name, await fs.readFile(join(run, film as string, name), 'base64')] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}

describe('one command for a scheduler', () => {
  const night = () => args('--restartable', '--step-limit', '20', '--from', 'start');

  it('begins a run, and continues it exactly after any worker was killed', async () => {
    await runAlone(...args('--epochs', '1', '--seed', '2'));
    const start = join(place.folder, 'start');
    await fs.rename(join(place.folder, 'run'), start);
    const command = [...night(), '--epochs', '400'];
    for (const killed of [1, 0]) {
      const workers = await startWorkers(place.folder, Array(2).fill(command));
      await workers[0]?.said('/400');
      // Only the first start reads what the run starts from: no worker asks for that again.
      if (killed === 1) await fs.rename(start, `${start}ed`);
      workers[killed]?.process.kill('SIGKILL');
      expect(await workers[1 - killed]?.exitCode).toBe(75);
      expect(workers[1 - killed]?.text()).toMatch(new RegExp(`error: worker ${killed} .* has ended`));
    }
    const done = readLosses().length;
    const epochs = ['--epochs', String(done + 2)];
    const resumed = await trainTogether(2, ...night(), ...epochs);
    await fs.rename(`${start}ed`, start);
    await fs.rm(join(place.folder, 'run'), { recursive: true });
    expect(await trainTogether(2, ...night(), ...epochs)).toEqual(resumed);
    const again = await runProgram(['train', ...night(), ...epochs], { cwd: place.folder });
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('nothing to do: the run already has')]);
  });
});

describe('without workers', () => {
  it('nothing listens; with them, the port of each does and nothing else', async () => {
    const options = args('--epochs', '100000');
    const folder = join(place.folder, 'alone');
    await fs.mkdir(folder);
    const alone = startWorker(folder, options, null);
    const workers = await startWorkers(place.folder, [options, options]);
    for (const worker of [alone, workers[0]]) await worker?.said('Epoch      1/');
    expect(listListening(alone.process)).toEqual([]);
    for (const { process, text } of workers) {
      const ports = listListening(process);
      expect(ports).toHaveLength(1);
      expect(text()).toContain(`127.0.0.1:${ports[0]}`);
    }
    const all = [alone, ...workers];
    for (const { process } of [alone, workers[0] as (typeof all)[0]]) process.kill('SIGTERM');
    expect(await Promise.all(all.map(({ exitCode }) => exitCode))).toEqual([143, 143, 143]);
  });

  it('one process trains, and with --workers 2 two do', async () => {
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
