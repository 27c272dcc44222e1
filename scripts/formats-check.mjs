// Makes networks of keras.applications with random weights, loads each, and compares what every layer gives with Keras, on both
// engines; prints the largest differences, and what loading took: CPU, and memory beyond a process with TensorFlow started.
//
//     npm run formats-check -- [--format h5] [NAME ...]     CNNVIZ_BENCH_PYTHON: a Python with TensorFlow and Keras 3
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.mjs';

const NAMES = [
  ...[
    'MobileNetV2',
    'MobileNetV3Small',
    'VGG16',
    'ResNet50',
    'ResNet50V2',
    'EfficientNetB0',
    'InceptionV3',
    'Xception',
  ],
  ...['DenseNet121', 'NASNetMobile'],
];
/** The largest difference of a layer's values from Keras's that counts as none, as a part of the largest value. */
const differenceAtMost = 1e-4;
const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { format: { type: 'string', default: 'keras' }, network: { type: 'string' }, folder: { type: 'string' } },
});

if (values.network === undefined) await checkAll(positionals.length > 0 ? positionals : NAMES);
else await checkOne(values.network, values.folder);

/** Each in processes of its own, so that memory counts. */
async function checkAll(names) {
  if (!(await buildIfStale())) throw new Error('the program cannot be built');
  const python = process.env.CNNVIZ_BENCH_PYTHON ?? 'python3';
  const env = { ...process.env, KERAS_BACKEND: 'tensorflow' };
  console.log('network            layers  op by op   graph      file   load CPU  memory  per file byte');
  for (const name of names) {
    const folder = mkdtempSync(join(tmpdir(), 'cnnviz-formats-check-'));
    try {
      if (!run(python, [join(here, 'formats-check.py'), name, folder, values.format], { env })) continue;
      const args = [fileURLToPath(import.meta.url), '--network', name, '--folder', folder, '--format', values.format];
      run(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** Whether a program did what it should. */
function run(command, args, options) {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status === 0) return true;
  console.error(`${command} ${args.join(' ')}: ${error?.message ?? stderr?.slice(-2000) ?? `exit code ${status}`}`);
  process.exitCode = 1;
  return false;
}

async function checkOne(name, folder) {
  const load = (path) => import(new URL(`../dist/${path}`, import.meta.url));
  const [{ selectBackend }, { openNetworkFile }, { buildNetwork }] = await Promise.all(
    ['backend/select.js', 'formats/open/open-network-file.js', 'network/build-network.js'].map(load),
  );
  const [{ readPlan }, { compileEngine }, { openLayers }] = await Promise.all(
    ['engines/contract/network-plan.js', 'engines/graph/engine.js', 'engines/tfjs/engine.js'].map(load),
  );
  const [{ tf }] = await Promise.all([load('backend/tfjs/tensors.js')]);
  await selectBackend('native');
  tf.tidy(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).dataSync());
  const path = join(folder, `${name}.${values.format}`);
  const before = { cpu: process.cpuUsage(), memory: peakMemory() };
  const file = await openNetworkFile(path);
  const { shape } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'));
  const size = { height: shape[1], width: shape[2] };
  const model = await buildNetwork(file.definition, file.readWeights, size);
  await file.close();
  const { user, system } = process.cpuUsage(before.cpu);
  const used = { cpu: (user + system) / 1e6, memory: peakMemory() - before.memory };
  const plan = readPlan(model);
  const worst = [];
  for (const open of [() => openLayers(plan), () => compileEngine(model, plan, ['run'])]) {
    const core = open();
    worst.push(await compare(core, plan, folder));
    core.dispose();
  }
  const bytes = statSync(path).size;
  const columns = [
    [name, 18],
    [String(worst[0].count), 7],
    ...worst.map(({ difference }) => [difference.toExponential(1), 10]),
    [`${(bytes / 1e6).toFixed(0)} MB`, 7],
    [`${used.cpu.toFixed(2)} s`, 9],
    [`${(used.memory / 1e6).toFixed(0)} MB`, 8],
    [(used.memory / bytes).toFixed(2), 4],
  ];
  console.log(columns.map(([text, width]) => text.padEnd(width)).join(' '));
  for (const { difference, at } of worst) {
    if (!(difference < differenceAtMost)) {
      console.error(`${name}: ${at} differs from Keras by ${difference}`);
      process.exitCode = 1;
    }
  }
}

function peakMemory() {
  return process.resourceUsage().maxRSS * 1024;
}

/** What a core gives in every layer, a few at a time, against Keras's numbers. */
async function compare(core, { layers }, folder) {
  const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8'));
  const numbers = openSync(join(folder, 'golden.f32'), 'r');
  const read = (at, size) => {
    const array = new Float32Array(size);
    readSync(numbers, new Uint8Array(array.buffer), 0, size * 4, at * 4);
    return array;
  };
  const image = read(
    0,
    golden.shape.reduce((product, size) => product * size, 1),
  );
  const expected = new Map(golden.layers.map((layer) => [layer.name, layer]));
  const worst = { difference: 0, at: '', count: 0 };
  for (let first = 0; first < layers.length; first += 50) {
    for (const { name, values: actual } of await core.run(image, 1, layers.slice(first, first + 50))) {
      const { at, size } = expected.get(name);
      const difference = actual.length === size ? relativeDifference(actual, read(at, size)) : Number.NaN;
      worst.count++;
      if (!(difference <= worst.difference)) Object.assign(worst, { difference, at: name });
    }
  }
  closeSync(numbers);
  if (worst.count !== expected.size) Object.assign(worst, { difference: Number.NaN, at: 'the number of layers' });
  return worst;
}

function relativeDifference(actual, expected) {
  let [difference, largest] = [0, 1];
  for (const [index, value] of expected.entries()) {
    const own = Math.abs(actual[index] - value);
    if (!(own <= difference)) difference = own;
    largest = Math.max(largest, Math.abs(value));
  }
  return difference / largest;
}
