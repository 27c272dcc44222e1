// Changes files that people send each other (images, models, runs, checkpoints, configurations, channel reports, shards) at
// random and lets the library read them. Whatever they hold, a call ends within 10 seconds of work, in a result or in a CnnvizError,
// and touches nothing outside: no bug (exit code 70 on the command line), no signal, no hang, no read or write elsewhere.
//
//   npm run fuzz -- --seconds 3600 --seed 1     as long as you like; a trial is its seed
//   npm run fuzz -- --seed 4711 --count 1       that trial again
import { fork } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.mjs';

/** A hang is that many seconds of work, or waiting so long: on a busy machine other things take the time. */
const waitingAtMost = 60;
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    seconds: { type: 'string', default: '60' },
    count: { type: 'string', default: 'Infinity' },
    limit: { type: 'string', default: '10' },
    workers: { type: 'string', default: '2' },
    keep: { type: 'string' },
    /** where an earlier call has left what the trials change, or this one shall */
    material: { type: 'string' },
  },
});
const secondsAtMost = Number(values.limit);
const firstSeed = Number(values.seed);
const count = Number(values.count);
const scratch = mkdtempSync(join(tmpdir(), 'cnnviz-fuzz-'));
const kept = values.keep ?? join(tmpdir(), 'cnnviz-fuzz-failures');
const workerPath = fileURLToPath(new URL('fuzz/worker.mjs', import.meta.url));

let nextSeed = firstSeed;
let deadline = Number.POSITIVE_INFINITY;
const counts = { trials: 0, results: 0, refusals: 0 };
const failures = [];
const targets = new Map();

/** A process that makes trials until the time is over; one that dies or hangs is replaced by the next. */
function work(number) {
  return new Promise((resolve, reject) => {
    let current;
    let timer;
    let stderr = '';
    let isDone = false;
    const worker = fork(workerPath, [scratch, String(number)], { silent: true });
    worker.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-2000);
    });
    worker.stdout.resume();
    const begin = () => {
      clearInterval(timer);
      if (Date.now() > deadline || nextSeed >= firstSeed + count) {
        isDone = true;
        return void worker.disconnect();
      }
      current = { seed: nextSeed++ };
      worker.send(current);
    };
    worker.on('message', (message) => {
      if (message.type === 'ready') begin();
      else if (message.type === 'prepared') {
        current = { ...current, ...message };
        const start = { time: Date.now(), work: readWork(worker.pid) };
        timer = setInterval(() => {
          const waited = (Date.now() - start.time) / 1000;
          const worked = readWork(worker.pid) - start.work;
          if (worked > secondsAtMost || waited > waitingAtMost) worker.kill('SIGKILL');
        }, 1000);
      } else {
        record({ ...current, ...message });
        current = undefined;
        begin();
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code, signal) => {
      clearInterval(timer);
      if (current === undefined) {
        if (isDone) return resolve();
        return reject(new Error(`a process ended with ${signal ?? `exit code ${code}`} outside of a trial: ${stderr}`));
      }
      const fault =
        signal === 'SIGKILL'
          ? `ran for more than ${secondsAtMost} s, or waited for ${waitingAtMost}`
          : `ended with ${signal ?? `exit code ${code}`}`;
      if (current.folder === undefined) return reject(new Error(`${fault} before a trial: ${stderr}`));
      record({ ...current, fault: `${fault} ${stderr.trim().split('\n').at(-1)}`.trim() });
      resolve(work(number));
    });
  });
}

async function prepareMaterial() {
  const place = values.material ?? scratch;
  if (place === scratch || !existsSync(place)) {
    await new Promise((resolve, reject) => {
      const material = fork(fileURLToPath(new URL('fuzz/material.mjs', import.meta.url)), [place]);
      material.on('error', reject).on('exit', (code) => (code === 0 ? resolve() : reject(new Error('no material'))));
    });
  }
  if (place !== scratch) cpSync(place, scratch, { recursive: true });
}

/** Seconds of processor time that a process has had; where that is not to be had, no time at all. */
function readWork(pid) {
  try {
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime and stime, in hundredths
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

function record({ seed, folder, what, outcome, fault }) {
  counts.trials++;
  const target = what.split(' ')[0];
  targets.set(target, (targets.get(target) ?? 0) + 1);
  if (fault === undefined) {
    counts[outcome === 'refused' ? 'refusals' : 'results']++;
  } else {
    const place = join(kept, String(seed));
    rmSync(place, { recursive: true, force: true });
    cpSync(folder, place, {
      recursive: true,
      filter: (path) => !lstatSync(path).isFIFO(), // cannot be copied
      verbatimSymlinks: true,
      errorOnExist: false,
    });
    failures.push({ seed, what, fault });
    console.error(
      `seed ${seed}: ${what}: ${fault}\n  kept in ${place}; again: npm run fuzz -- --seed ${seed} --count 1`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

try {
  if (!(await buildIfStale())) throw new Error('the build failed');
  await prepareMaterial();
  deadline = Date.now() + Number(values.seconds) * 1000;
  await Promise.all(Array.from({ length: Math.min(Number(values.workers), count) }, (_, number) => work(number)));
  const { trials, results, refusals } = counts;
  const list = [...targets].sort().map(([target, number]) => `${target} ${number}`);
  console.log(`Seeds ${firstSeed} to ${nextSeed - 1}: ${trials} trials (${list.join(', ')})`);
  console.log(`${results} ended in a result, ${refusals} in an expected error, ${failures.length} otherwise`);
  if (failures.length > 0 || trials === 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
