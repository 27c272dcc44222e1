// Proves that a run stopped at any moment and resumed is identical to an uninterrupted one:
// trains once unbroken, then again and again, each time ended by SIGKILL or SIGINT in turn at a random moment and resumed, and
// compares weights, optimizer slots, best weights, progress and history byte by byte.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.mjs';

const program = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'cnnviz.js');
const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'native' },
    kills: { type: 'string', default: '20' },
    epochs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const { backend, epochs } = values;
const kills = Number(values.kills);
const folder = mkdtempSync(join(tmpdir(), 'cnnviz-prove-resume-'));

/** Everything that is random or remembered in training. */
const options = [
  ...['--data', 'pets', '--image-size', '48', '--filters', '8,16', '--dense', '32', '--dropout', '0.5'],
  ...['--batch-normalization', '--dense-dropout', '0.3', '--label-smoothing', '0.05', '--ema-momentum', '0.9'],
  ...[
    '--optimizer',
    'adamw',
    '--weight-decay',
    '0.005',
    '--learning-rate',
    '0.002',
    '--batch-size',
    '8',
    '--epochs',
    epochs,
    '--backend',
    backend,
  ],
  ...['--schedule', 'cosine', '--warmup-epochs', '1', '--class-weight', 'balanced'],
  ...['--rotation-range', '40', '--width-shift-range', '0.2', '--height-shift-range', '0.2', '--shear-range', '10'],
  ...['--zoom-range', '0.2', '--horizontal-flip', '--channel-shift-range', '20', '--contrast-range', '0.2'],
];

try {
  if (!(await buildIfStale())) throw new Error('the build failed');
  finish(['sample-data', 'pets', '--train', '60', '--validation', '20', '--test', '0', '--image-size', '64']);
  const unbroken = await train([...options, '--out', 'unbroken']);
  const expected = readOutcome('unbroken');
  console.log(`Unbroken, ${backend}: ${epochs} epochs, ${expected.progress.step} steps`);
  let identical = 0;
  for (let kill = 0; kill < kills; kill++) identical += (await proveOnce(kill, unbroken, expected)) ? 1 : 0;
  console.log(`${identical} of ${kills} identical`);
  if (identical < kills) process.exitCode = 1;
} catch (error) {
  console.error(`prove-resume: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Trains with one stop. @returns whether nothing shows it */
async function proveOnce(kill, unbroken, expected) {
  const out = `broken-${kill + 1}`;
  const signal = kill % 2 === 0 ? 'SIGKILL' : 'SIGINT';
  // Some time after one of the events, and not after some time: this machine may be slower now, and all be over.
  const afterEvents = 1 + Math.floor(draw(kill, 1) * (unbroken.eventCount - 1));
  const waitMs = draw(kill, 2) * 2 * unbroken.msPerEvent;
  const { lastEvent } = await train([...options, '--out', out], { signal, afterEvents, waitMs });
  const from = isSaved(out) ? readRecord(out).weights.last.step : 0;
  // Killed before its first save there is no run to go on with; killed after its last one nothing is left to do, unless that
  // was before the last validation.
  if (from === 0) finish(['train', ...options, '--out', out]);
  else if (readRecord(out).status !== 'finished') finish(['train', '--resume', out]);
  const differences = compare(readOutcome(out), expected);
  const verdict = differences.length === 0 ? 'identical' : `DIFFERS in ${differences.join(', ')}`;
  console.log(
    `${String(kill + 1).padStart(3)}  ${signal.padEnd(7)} ${lastEvent}; goes on from step ${from}: ${verdict}`,
  );
  return differences.length === 0;
}

/** 0..1, a function of the seed and of what it is for (mulberry32). */
function draw(kill, purpose) {
  let state = (Number(values.seed) * 0x9e3779b9 + (2 * kill + purpose) * 0x6d2b79f5) >>> 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

/** Trains; where a stop is given, until some time after so many events. Events count from the first epoch's beginning. */
async function train(args, stop) {
  const child = spawn(process.execPath, [program, 'train', '--json', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', stop === undefined ? 'inherit' : 'ignore'],
  });
  const closed = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  const times = [];
  let lastEvent = '';
  const reached = new Promise((resolve) => {
    onLines(child.stdout, (event) => {
      const description = describe(event);
      if (description === undefined || child.killed) return;
      lastEvent = description;
      times.push(performance.now());
      if (times.length === stop?.afterEvents) resolve();
    });
  });
  if (stop !== undefined) {
    await Promise.race([reached, closed]);
    await setTimeout(stop.waitMs);
    child.kill(stop.signal);
  }
  const code = await closed;
  if (stop === undefined && code !== 0) throw new Error(`cnnviz train ended with exit code ${code}`);
  return { eventCount: times.length, msPerEvent: (times.at(-1) - times[0]) / times.length, lastEvent };
}

function onLines(stream, onEvent) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) onEvent(JSON.parse(line));
  });
}

function describe({ type, epoch, step }) {
  if (type === 'epoch-started') return `at the start of epoch ${epoch}`;
  if (type === 'step') return `in epoch ${epoch} after its step ${step}`;
  if (type === 'evaluation-step') return `in validation after its step ${step}`;
  if (type === 'epoch-ended') return `after epoch ${epoch} was saved`;
  return undefined;
}

/** Runs a command to its end. */
function finish(args) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`cnnviz ${args.join(' ')} ended with exit code ${status}: ${stderr}`);
}

function isSaved(out) {
  return existsSync(join(folder, out, 'run.json'));
}

function readRecord(out) {
  return JSON.parse(readFileSync(join(folder, out, 'run.json'), 'utf8'));
}

/** Everything in a run, except times. */
function readOutcome(out) {
  const { history, status, weights } = readRecord(out);
  const read = (saved, name) => readFileSync(join(folder, out, saved.folder, name));
  return {
    status,
    history,
    progress: JSON.parse(read(weights.last, 'checkpoint.json')).progress,
    weights: read(weights.last, 'weights.bin'),
    slots: read(weights.last, 'optimizer.bin'),
    best: weights.best.epoch,
    'best weights': read(weights.best, 'weights.bin'),
  };
}

function compare(actual, expected) {
  const isSame = (a, b) => (Buffer.isBuffer(a) ? a.equals(b) : JSON.stringify(a) === JSON.stringify(b));
  return Object.keys(expected).filter((name) => !isSame(actual[name], expected[name]));
}
