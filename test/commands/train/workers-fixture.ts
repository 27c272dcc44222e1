// What the tests of several workers share: each worker is a process of the built program, on this machine; what they are
// compared with is trained in the process of the tests.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { findClusterAddon, findWholeInstallation } from '../../../src/backend/native/cache.js';
import { readRun } from '../../../src/runs/run.js';
import { runCommandLine } from '../../helpers/run-command-line.js';
import { testUnless } from '../../helpers/skip.js';
import { type Place, usePlace } from './training-fixture.js';
import { startWorkers } from './workers.js';

const installation = findWholeInstallation();

export const whyNoWorkers =
  installation && findClusterAddon(installation) ? undefined : 'the addon for several machines is not set up';

/** A test of several workers. */
export const workersTest = testUnless(whyNoWorkers);

/** One epoch is one step. One process would take bfloat16 where it is fast, which workers do when asked. */
const small =
  '--image-size 24 --filters 3 --dense 4 --batch-size 8 --steps-per-epoch 1 --precision float32 --no-check --out run'.split(
    ' ',
  );
const sgd = [...small, '--optimizer', 'sgd', '--learning-rate', '0.01'];

/** The place of a test file, and trainings there. */
export function useWorkers() {
  // Several processes each, which may have to share the cores with other tests.
  vi.setConfig({ testTimeout: 300_000 });
  const place = usePlace({ train: 12, validation: 4 });
  return {
    place,
    sgd,
    /** Of a small network, by SGD, whose updates do not magnify rounding. */
    args: (...more: string[]) => ['--data', place.pets, ...sgd, ...more],
    readLosses: (folder?: string) => readLosses(folder ?? place.folder),
    readRecord: (folder?: string) => readRun(join(folder ?? place.folder, 'run')),
    /** In a folder of its own. */
    async trainAlone(...options: string[]) {
      await runTraining(...options, '--out', 'alone/run');
      return readLosses(join(place.folder, 'alone'));
    },
    /** @returns what worker 0 has saved, in the folder of the test */
    async trainTogether(count: number, ...options: string[]) {
      await runTogether(place, Array(count).fill(options));
      return readLosses(place.folder);
    },
    /** Workers with options of their own. @returns what each of them has printed */
    runTogether: (commands: readonly (readonly string[])[]) => runTogether(place, commands),
    /** This process. @returns what it has printed */
    runAlone: runTraining,
  };
}

async function runTraining(...options: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommandLine(['train', ...options, '--backend', 'auto']);
  expect(exitCode, stderr).toBe(0);
  return stdout + stderr;
}

async function runTogether({ folder }: Place, commands: readonly (readonly string[])[]): Promise<string[]> {
  const workers = await startWorkers(folder, commands);
  const codes = await Promise.all(workers.map(({ exitCode }) => exitCode));
  expect(codes, workers.map(({ text }) => text()).join('\n')).toEqual(commands.map(() => 0));
  return workers.map(({ text }) => text());
}

/** Of train and validation, epoch by epoch. */
function readLosses(folder: string): number[][] {
  const epochs = JSON.parse(readFileSync(join(folder, 'run', 'history.json'), 'utf8')) as Record<string, number>[];
  return epochs.map(({ loss, val_loss }) => [loss, val_loss] as number[]);
}

export function expectSame(losses: number[][], expected: number[][], tolerance: number): void {
  expect(losses.length).toBe(expected.length);
  const differences = losses.flat().map((loss, index) => Math.abs(loss - (expected.flat()[index] as number)));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}
