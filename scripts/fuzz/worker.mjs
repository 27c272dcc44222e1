// Makes trials, one after the other, in this process: a copy of the material, one change, one call of the library.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { createRandom, mutate, pick } from './mutate.mjs';

const [scratch, number] = process.argv.slice(2);
const { realpathSync, readdirSync, lstatSync, readFileSync, cpSync, existsSync } = { ...fs };
const canary = realpathSync(join(scratch, 'canary'));
let isWatching = false;
let trespass;

/** Notes what is opened of that which no trial may read. */
function watch(path) {
  if (!isWatching || typeof path !== 'string') return;
  try {
    const place = realpathSync(path);
    if (place.startsWith(canary)) trespass = `read ${relative(scratch, place)}`;
  } catch {}
}
for (const [object, names] of [
  [fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']],
  [fs.promises, ['open', 'readFile']],
]) {
  for (const name of names) {
    const own = object[name];
    object[name] = function (path, ...rest) {
      watch(path);
      return own.call(this, path, ...rest);
    };
  }
}
syncBuiltinESMExports();
const library = await import('../../dist/index.js');
const { CnnvizError } = library;
const backend = number === '0' ? 'auto' : 'cpu';

const image = ['images/train/rows/0.png'];
const quick = { backend, batchSize: 4 };
/** Class names are read with the network beside them. */
const networkOf = (path) => (path.endsWith('labels.txt') ? dirname(path) : path);
/** Serves a run and asks for all that a page does. */
async function serveOnce(run) {
  const abort = new AbortController();
  let asked;
  const onEvent = ({ type, url }) => {
    if (type !== 'live') return;
    asked = Promise.all(
      ['', 'frames/0', 'frames/1'].map((path) => fetch(`${url}${path}`).then((reply) => reply.text())),
    );
    asked.finally(() => abort.abort());
  };
  await library.serve({ run, signal: abort.signal, onEvent });
  return asked;
}
/** What is changed, and what reads it: with the trial's folder and its random numbers. */
const targets = {
  image: {
    files: ['a.jpeg', 'a.png', 'a.webp', 'a.gif', 'a.tiff', 'a.avif'].map((name) => `formats/${name}`),
    calls: {
      predict: (at) => library.predict({ ...quick, model: at('run'), images: [at('formats')] }),
      activations: (at) =>
        library.activations({ backend, model: at('run'), images: [at('formats')], layers: 1, out: at('out') }),
      explain: (at) => library.explain({ backend, model: at('run'), images: [at('formats')], out: at('out') }),
    },
  },
  model: {
    files: ['model/model.json', 'model/model.json', 'model/weights.bin', 'model/checkpoint.json'],
    calls: {
      predict: (at) => library.predict({ ...quick, model: at('model'), images: image.map((name) => at(name)) }),
      summary: (at) => library.summary({ model: at('model') }),
      kernels: (at) => library.kernels({ model: at('model'), out: at('out') }),
      dream: (at) => library.dream({ backend, model: at('model'), data: at('images'), steps: 1, out: at('out') }),
      explain: (at) =>
        library.explain({ backend, model: at('model'), images: image.map((name) => at(name)), out: at('out') }),
      activations: (at) =>
        library.activations({ backend, model: at('model'), images: image.map((name) => at(name)), out: at('out') }),
      evaluate: (at) => library.evaluate({ ...quick, model: at('model'), data: at('images'), out: at('out') }),
    },
  },
  network: {
    files: [
      ...['networks/keras-2.h5', 'networks/stacked.h5', 'networks/converted_keras/keras_model.h5'],
      ...['networks/transfer.keras', 'networks/tfjs-of-keras-3/model.json', 'networks/converted_keras/labels.txt'],
    ],
    calls: {
      predict: (at, path) =>
        library.predict({ ...quick, model: networkOf(path), images: image.map((name) => at(name)) }),
      summary: (_, path) => library.summary({ model: networkOf(path) }),
    },
  },
  run: {
    files: ['run/run.json', 'run/run.json', 'run/run.json', 'run/data-*', 'run/epoch-*/model.json'],
    calls: {
      predict: (at) => library.predict({ ...quick, model: at('run'), images: image.map((name) => at(name)) }),
      summary: (at) => library.summary({ model: at('run') }),
      report: (at) =>
        library.report({ backend, model: at('run'), images: image.map((name) => at(name)), out: at('out.html') }),
      evaluate: (at) =>
        library.evaluate({ ...quick, model: at('run'), data: at('images'), split: 'validation', out: at('out') }),
      patches: (at) => library.patches({ ...quick, model: at('run'), data: at('images'), out: at('out') }),
      groups: (at) => library.groups({ ...quick, model: at('run'), data: at('images'), out: at('out') }),
      channels: (at) => library.channels({ ...quick, model: at('run'), data: at('images'), out: at('out') }),
      compare: (at) =>
        library.compare({ backend, a: at('run'), b: at('run'), on: at('images'), split: 'train', out: at('out') }),
      from: (at) => library.train({ backend, from: at('run'), data: at('images'), epochs: 1, out: at('out') }),
    },
  },
  checkpoint: {
    files: [
      'run/epoch-*/checkpoint.json',
      'run/epoch-*/checkpoint.json',
      'run/epoch-*/optimizer.bin',
      'run/epoch-*/weights.bin',
      'run/run.json',
      'run/data-*',
    ],
    writes: ['run'],
    calls: { resume: (at) => library.train({ backend, resume: at('run'), data: at('images'), epochs: 3 }) },
  },
  config: {
    files: ['run/run.json'],
    calls: {
      config: (at) =>
        library.train({ backend, config: at('run'), data: at('images'), epochs: 1, stepsPerEpoch: 1, out: at('out') }),
    },
  },
  film: {
    files: ['run/film-1/images.gz', 'run/film-1/frame-*', 'run/run.json'],
    writes: ['run'],
    calls: {
      timelapse: (at) => library.timelapse({ run: at('run'), out: at('out') }),
      serve: (at) => serveOnce(at('run')),
      report: (at) =>
        library.report({ backend, model: at('run'), images: image.map((name) => at(name)), out: at('out.html') }),
      resume: (at) => library.train({ backend, resume: at('run'), data: at('images'), epochs: 3 }),
    },
  },
  shard: {
    files: ['1.gz', '2.gz'],
    calls: { merge: (at) => library.mergeChannels({ shards: [at('1.gz'), at('2.gz')], out: at('out') }) },
  },
  patches: {
    files: ['patches-1.gz', 'patches-2.gz'],
    calls: {
      merge: (at) =>
        library.mergePatches({
          shards: [1, 2].map((index) => at(`patches-${index}.gz`)),
          data: at('images/train'),
          out: at('out'),
        }),
    },
  },
  outputs: {
    files: ['predict-1.gz', 'evaluate-1.gz'],
    calls: {
      predict: (at) => library.mergePredictions({ shards: [1, 2].map((index) => at(`predict-${index}.gz`)) }),
      evaluate: (at) =>
        library.mergeEvaluations({ shards: [1, 2].map((index) => at(`evaluate-${index}.gz`)), out: at('out') }),
    },
  },
  archive: {
    files: ['images.tar'],
    calls: {
      check: (at) => library.check({ data: at('images.tar') }),
      predict: (at) => library.predict({ ...quick, model: at('run'), images: [at('images.tar')] }),
    },
  },
  channels: {
    files: ['run/channels/channels.json'],
    calls: {
      report: (at) =>
        library.report({ backend, model: at('run'), images: image.map((name) => at(name)), out: at('out.html') }),
      activations: (at) =>
        library.activations({ backend, model: at('run'), images: image.map((name) => at(name)), out: at('out') }),
    },
  },
};

/** Every file below a folder with a fingerprint of its content, except for those that a call may write. */
function describeTree(folder, writable, root = folder, found = {}) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const own = relative(root, path);
    if (writable.some((place) => own === place || own.startsWith(`${place}${sep}`))) continue;
    const status = lstatSync(path);
    if (status.isDirectory()) {
      found[own] = 'folder';
      describeTree(path, writable, root, found);
    } else found[own] = status.isFile() ? createHash('sha1').update(readFileSync(path)).digest('hex') : 'other';
  }
  return found;
}

/** One of the files of a name with `*`. */
function findFile(folder, pattern, random) {
  let path = folder;
  for (const part of pattern.split('/')) {
    const [before, after] = part.split('*');
    const names = readdirSync(path).filter((name) => name.startsWith(before) && name.endsWith(after));
    path = join(path, part.includes('*') ? pick(random, names.sort()) : part);
  }
  return path;
}

async function tryOnce(seed) {
  const random = createRandom(seed);
  const folder = join(scratch, `trial-${seed}`);
  cpSync(join(scratch, 'material'), folder, { recursive: true });
  const at = (...names) => resolve(folder, ...names);
  const target = pick(random, Object.keys(targets));
  const { files, calls, writes = [] } = targets[target];
  const path = findFile(folder, pick(random, files), random);
  const change = mutate(path, random, scratch);
  const name = pick(random, Object.keys(calls));
  const what = `${target} ${name}: ${relative(folder, path)}: ${change}`;
  // explain keeps the average maps of a run in it
  const writable = ['out', 'out.html', join('run', 'average-maps'), ...writes];
  const before = describeTree(folder, writable);
  const outside = readdirSync(scratch).length;
  process.send({ type: 'prepared', folder, what });
  [isWatching, trespass] = [true, undefined];
  let outcome = 'result';
  let fault;
  try {
    await calls[name](at, path);
  } catch (error) {
    outcome = 'refused';
    if (!(error instanceof CnnvizError))
      fault = String(error?.stack ?? error)
        .split('\n')
        .slice(0, 4)
        .join(' | ');
    else if (error.message.length > 2000) fault = `a message of ${error.message.length} letters`;
  }
  isWatching = false;
  if (trespass !== undefined) fault ??= trespass;
  const after = describeTree(folder, writable);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (own) => before[own] !== after[own],
  );
  if (changed.length > 0) fault ??= `wrote ${changed.join(', ')}`;
  if (number === '0' && !existsSync(canary)) fault ??= `wrote outside (${outside})`;
  process.send({ type: 'done', outcome, ...(fault === undefined ? {} : { fault }) });
}

process.on('message', ({ seed }) => void tryOnce(seed));
// What a trial has left open would keep the process.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.send({ type: 'ready' });
