import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.js';
import { sampleData } from '../../../src/commands/sample-data/index.js';
import { programPath } from '../../cli/run-program.js';
import { nativeTest } from '../../helpers/native.js';
import { runCommandLineIn } from '../../helpers/run-command-line.js';

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
const loop = ['--batch-size', '5', '--steps-per-epoch', '7', '--rotation-range', '30', '--horizontal-flip'];
/** In this process, which nothing ends. */
const run = (...args: string[]) => runCommandLineIn({ cwd }, ['train', ...args]);

/** Trains in a process of its own and signals it some time after an event. Gives its exit code or signal. */
async function trainAndSignal(args: string[], signal: NodeJS.Signals, event: string, afterMs = 0): Promise<unknown> {
  const child = spawn(process.execPath, [programPath, 'train', '--json', ...args], {
    cwd,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: undefined }, // set where native tests run; TensorFlow then talks
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', (code, by) => resolve(by ?? code)));
  const told = new Promise<void>((resolve) => {
    child.stdout.on('data', (text) => String(text).includes(event) && resolve());
  });
  await Promise.race([told, closed]);
  await setTimeout(afterMs);
  child.kill(signal);
  return closed;
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

/**
 * Signals a run at random moments, each time going on with it, and lets it come to its end. Until then it has no end in
 * sight: on no machine is it done before its signal. Returns how many epochs it then had.
 */
async function trainThroughSignals(out: string, args: string[]): Promise<number> {
  const random = createRandom(5, 'sample');
  const next = () => (existsSync(join(cwd, out)) ? ['--resume', out] : [...args, '--out', out]);
  const signals: [NodeJS.Signals, unknown][] = [
    ['SIGKILL', 'SIGKILL'],
    ['SIGINT', 130],
    ['SIGKILL', 'SIGKILL'],
    ['SIGTERM', 143],
  ];
  for (const [signal, exit] of signals) {
    const endless = [...next(), '--epochs', '100000'];
    expect(await trainAndSignal(endless, signal, 'epoch-ended', random() * 250)).toBe(exit);
  }
  const epochs = JSON.parse(read(out, 'run.json').toString()).history.loss.length + 2;
  expect(await run('--resume', out, '--epochs', String(epochs))).toMatchObject({ exitCode: 0 });
  return epochs;
}

describe('a run whose process is killed or interrupted at any moment', () => {
  const args = (backend: string) => ['--data', 'pets', ...network, ...loop, '--backend', backend];

  async function expectNoTrace(backend: string) {
    const epochs = await trainThroughSignals(backend, args(backend));
    await run(...args(backend), '--epochs', String(epochs), '--out', `${backend}-unbroken`);
    expect(readOutcome(backend)).toEqual(readOutcome(`${backend}-unbroken`));
  }

  it('becomes on wasm what it would have become', { timeout: 180_000 }, () => expectNoTrace('wasm'));
  nativeTest('becomes on native what it would have become', { timeout: 180_000 }, () => expectNoTrace('native'));
});

describe('cnnviz train --resume', () => {
  const tiny = ['--data', 'pets', '--image-size', '12', '--filters', '2', '--dense', '4', '--backend', 'cpu'];

  it('goes on with the last run, says from where, and when nothing is left', async () => {
    await run(...tiny, '--epochs', '1');
    const refused = await run('--resume');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toBe(
      'error: the run already has 1 epoch (asked for 1). To train more, use --epochs 2 or higher.\n',
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
      expect.stringContaining('--dense: expected 4, as when the run was started, received 5'),
    ]);
  });
});

it('a folder that a process left which died before its first save is swept by the next start', async () => {
  const args = ['--data', 'pets', ...network, '--backend', 'wasm', '--epochs', '1', '--steps-per-epoch', '100000'];
  await trainAndSignal(args, 'SIGKILL', 'epoch-started');
  const unsaved = () =>
    readdirSync(join(cwd, 'runs')).filter(
      (name) => name !== 'latest' && !existsSync(join(cwd, 'runs', name, 'run.json')),
    );
  expect(unsaved()).toHaveLength(1);
  expect((await run('--data', 'pets', ...network, '--backend', 'wasm', '--epochs', '1')).exitCode).toBe(0);
  expect(unsaved()).toEqual([]); // its name may serve again, within the same second
});
