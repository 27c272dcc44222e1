// What workers do not agree on is found before the first step.

import { readdirSync, renameSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findPorts, startWorker, startWorkers } from './workers.js';
import { workersTest as it, useWorkers } from './workers-fixture.js';

const { place, args, sgd } = useWorkers();

it.each([
  ['seed', ['--seed', '2'], 'seed 2 instead of 1'],
  ['batch size', ['--batch-size', '4'], 'batchSize 4 instead of 8'],
  ['an option', ['--dropout', '0.25'], 'dropout 0.25 instead of 0'],
])('%s', async (_, other, difference) => {
  const workers = await startWorkers(place.folder, [args(), args(...other)]);
  expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([1, 1]);
  for (const { text } of workers) {
    expect(text()).toMatch(/^error: worker 1 \(.*\) differs from worker 0: /m);
    expect(text()).toContain(difference);
  }
});

it('the list of images: one has another name, or another size', async () => {
  const pets = join(place.folder, 'pets');
  await fs.cp(place.pets, pets, { recursive: true });
  const cats = join(pets, 'train', 'cats');
  const [first, second] = readdirSync(cats).sort() as [string, string];
  renameSync(join(cats, first), join(cats, 'a.png'));
  const own = ['--data', pets, ...sgd];
  const image =
    /differs from worker 0: images 24 in train, 8 in validation, names and sizes \w+ instead of 24 in train/;
  for (const prepare of [
    () => undefined,
    async () => {
      renameSync(join(cats, 'a.png'), join(cats, first));
      await fs.copyFile(join(cats, second), join(cats, first));
    },
  ]) {
    await prepare();
    const workers = await startWorkers(place.folder, [args(), own]);
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([1, 1]);
    for (const { text } of workers) expect(text()).toMatch(image);
  }
});

it('the precision: bfloat16 where one of them computes in float32', async () => {
  const workers = await startWorkers(place.folder, [args(), args('--precision', 'bfloat16')]);
  const codes = await Promise.all(workers.map(({ exitCode }) => exitCode));
  // A processor without AVX-512 refuses that by itself.
  if (workers[1]?.text().includes('bfloat16 needs')) expect(codes).toEqual([75, 1]);
  else {
    expect(codes).toEqual([1, 1]);
    for (const { text } of workers) expect(text()).toContain('precision bfloat16 instead of float32');
  }
});

it('but not what a processor can do: all compute in float32 where nothing else is asked for', async () => {
  const worker = (await findPorts(2)).map((port) => `127.0.0.1:${port}`);
  const workers = [{}, { ONEDNN_MAX_CPU_ISA: 'AVX2' }].map((env, index) =>
    startWorker(place.folder, args('--epochs', '1'), { cluster: { worker }, task: { type: 'worker', index } }, env),
  );
  const codes = await Promise.all(workers.map(({ exitCode }) => exitCode));
  expect(codes, workers.map(({ text }) => text()).join('\n')).toEqual([0, 0]);
});

it.each([
  [
    '--base',
    ['--base', 'network.keras'],
    '--base: several workers cannot train with it, since only one process knows the base',
  ],
  [
    'a backend',
    ['--backend', 'wasm'],
    '--backend: several workers cannot train with it, since that needs native TensorFlow',
  ],
])('%s is refused by each of them at once', async (_, other, reason) => {
  const options = ['--data', place.pets, '--out', 'run', ...other];
  const workers = await startWorkers(place.folder, [options, options]);
  expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([2, 2]);
  for (const { text } of workers) expect(text()).toContain(`error: ${reason}`);
});
