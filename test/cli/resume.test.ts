import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { sampleData } from '../../src/workflows/sample-data.js';
import { nativeTest } from '../helpers/native.js';
import { programPath, runProgram } from './run-program.js';

let cwd = '';

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'cnnviz-resume-cli-'));
  await sampleData({ dir: join(cwd, 'pets'), train: 8, validation: 2, test: 0, imageSize: 32 });
});

afterAll(() => rmSync(cwd, { recursive: true }));

const network = [
  '--image-size',
  '32',
  '--filters',
  '4,6',
  '--dense',
  '16',
  '--dropout',
  '0.5',
  '--learning-rate',
  '0.003',
];
const loop = ['--batch-size', '5', '--steps-per-epoch', '7'];
const run = (...args: string[]) => runProgram(['train', ...args], { cwd });

/** Trains in a process of its own and signals it some time after its training has begun. Tells whether it was in time. */
async function trainAndSignal(args: string[], signal: NodeJS.Signals, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [programPath, 'train', '--json', ...args], {
    cwd,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: undefined }, // set where native tests run; TensorFlow then talks
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', (code, by) => resolve(by ?? code)));
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (text) => String(text).includes('epoch-started') && resolve());
  });
  await Promise.race([begun, closed]);
  await setTimeout(afterMs);
  child.kill(signal);
  return (await closed) !== 0;
}

const read = (out: string, name: string) => readFileSync(join(cwd, out, name));

function readOutcome(out: string) {
  const { weights, history, status } = JSON.parse(read(out, 'run.json').toString());
  const files = ['weights.bin', 'optimizer.bin'].map((name) =>
    read(out, join(weights.last.folder, name)).toString('hex'),
  );
  const best = read(out, join(weights.best.folder, 'weights.bin')).toString('hex');
  return { files, best, bestEpoch: weights.best.epoch, history, status };
}

/** Signals a run at random moments until it is finished, each time going on with it. Returns how often it was stopped. */
async function trainThroughSignals(out: string, args: string[], signals: NodeJS.Signals[], withinMs: number) {
  const random = createRandom(5, 'sample');
  // Killed before its first save there is no run: it begins anew, in the folder that the dead process left.
  const next = () => (existsSync(join(cwd, out, 'run.json')) ? ['--resume', out] : [...args, '--out', out]);
  let stops = 0;
  for (const signal of signals) {
    if (!(await trainAndSignal(next(), signal, random() * withinMs))) return stops;
    stops++;
  }
  expect(await run(...next())).toMatchObject({ exitCode: 0 });
  return stops;
}

describe('a run whose process is killed or interrupted at any moment', () => {
  const SIGNALS: NodeJS.Signals[] = ['SIGKILL', 'SIGINT', 'SIGKILL', 'SIGTERM'];
  const args = (backend: string, epochs: number) => {
    return ['--data', 'pets', ...network, ...loop, '--backend', backend, '--epochs', String(epochs)];
  };

  it('becomes on wasm what it would have become', { timeout: 180_000 }, async () => {
    await run(...args('wasm', 10), '--out', 'wasm-unbroken');
    expect(await trainThroughSignals('wasm', args('wasm', 10), SIGNALS, 500)).toBeGreaterThan(1);
    expect(readOutcome('wasm')).toEqual(readOutcome('wasm-unbroken'));
  });

  nativeTest('becomes on native what it would have become', { timeout: 180_000 }, async () => {
    await run(...args('native', 30), '--out', 'native-unbroken');
    expect(await trainThroughSignals('native', args('native', 30), SIGNALS, 500)).toBeGreaterThan(1);
    expect(readOutcome('native')).toEqual(readOutcome('native-unbroken'));
  });
});

describe('cnnviz train --resume', () => {
  const tiny = ['--data', 'pets', '--image-size', '12', '--filters', '2', '--dense', '4', '--backend', 'cpu'];

  it('goes on with the last run, says from where, and when nothing is left', async () => {
    await run(...tiny, '--epochs', '1');
    const refused = await run('--resume');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toBe(
      'error: nothing is left to do: epochs done 1, asked for 1. Ask for more with --epochs, 2 or above.\n',
    );
    const { exitCode, stdout, stderr } = await run('--resume', '--epochs', '3');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Resuming: runs\/\S+ \(1 epoch of 3, 1 step\)$/m);
    expect(stdout).toMatch(/^Epoch 2\/3 .*\nEpoch 3\/3 .*\nSaved: /m);
  });

  it('says how an interrupted run goes on', async () => {
    const args = ['train', ...tiny, '--epochs', '100000', '--out', 'endless'];
    const child = spawn(process.execPath, [programPath, ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (text) => {
      stdout += text;
      // Once: a second signal ends the process without a word.
      if (!child.killed && /^Epoch +1\//m.test(stdout)) child.kill('SIGINT');
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
    expect(stdout).toMatch(/^Interrupted; saved: endless \(.*\)$/m);
    expect(stdout).toMatch(/^Next: cnnviz train --resume endless$/m);
  });

  it("refuses an option that differs from the run's own", async () => {
    await run(...tiny, '--epochs', '1', '--out', 'own');
    const { exitCode, stderr } = await run('--resume', 'own', '--epochs', '2', '--dense', '5');
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('--dense: expected 4, as the run was started, received 5'),
    ]);
  });
});

it('a folder that a process left which died before its first save is swept by the next start', async () => {
  const args = ['--data', 'pets', ...network, '--backend', 'wasm', '--epochs', '1', '--steps-per-epoch', '100000'];
  await trainAndSignal(args, 'SIGKILL', 0);
  const unsaved = () =>
    readdirSync(join(cwd, 'runs')).filter((name) => !existsSync(join(cwd, 'runs', name, 'run.json')));
  expect(unsaved()).toHaveLength(1);
  expect((await run('--data', 'pets', ...network, '--backend', 'wasm', '--epochs', '1')).exitCode).toBe(0);
  expect(unsaved()).toEqual([]); // its name may serve again, within the same second
});
