// Training steps of cnnviz on several workers of one thread each: workers-step WORKERS BATCH STEPS. A batch is of all workers.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { Cluster } from '../../src/cluster/cluster.js';
import { readTfConfig } from '../../src/cluster/tf-config.js';
import type { Trainer } from '../../src/engines/contract/trainer.js';
import { openClusterTrainer, openTrainer } from '../../src/engines/open.js';
import { buildModel } from '../../src/network/build.js';
import { report, startClock } from './clock.js';

const WARM_UP = 3;
const IMAGE = 150 * 150 * 3;
const config = { loss: 'binaryCrossentropy', optimizer: { name: 'sgd', momentum: 0, nesterov: false } } as const;
const [count, batchSize, steps] = process.argv.slice(2).map(Number) as [number, number, number];

if (process.send === undefined) await startAll();
else process.send(await train());

/** What a worker has used for a step, and its last loss. */
interface Measured {
  cpuMs: number;
  wallMs: number;
  loss: number;
  peakMB: number;
}

async function startAll(): Promise<void> {
  const worker = (await findPorts()).map((port) => `127.0.0.1:${port}`);
  const measured = await Promise.all(
    worker.map(async (_, index) => {
      const task = { type: 'worker', index };
      const env = {
        ...process.env,
        TF_NUM_INTRAOP_THREADS: '1',
        TF_CONFIG: JSON.stringify({ cluster: { worker }, task }),
      };
      const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env, execArgv: [] });
      const [message] = (await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() => Promise.reject(new Error(`worker ${index} has failed`))),
      ])) as [Measured];
      return message;
    }),
  );
  const sum = (key: 'cpuMs' | 'peakMB') => measured.reduce((all, each) => all + each[key], 0);
  const wallMs = Math.max(...measured.map((each) => each.wallMs));
  report({
    cpuMs: sum('cpuMs'),
    workerCpuMs: sum('cpuMs') / count,
    wallMs,
    peakMB: sum('peakMB'),
    loss: measured[0]?.loss ?? 0,
  });
}

async function findPorts(): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

async function train(): Promise<Measured> {
  await selectBackend('native');
  const model = buildModel({ imageSize: 150, filters: [32, 64, 128, 128], dense: 512, dropout: 0, classCount: 2 }, 1);
  for (const weight of model.weights) {
    const shape = weight.shape as number[];
    const [units, channels, ...places] = [...shape].reverse() as [number, number?, ...number[]];
    // As Keras's glorot_uniform; biases 0.
    const fans = places.reduce((product, length) => product * length, 1) * (units + (channels ?? 0));
    const limit = channels === undefined ? 0 : Math.sqrt(6 / fans);
    const values = draw(shape.reduce((product, length) => product * length, 1));
    weight.write(
      tf.tensor(
        values.map((value) => (2 * value - 1) * limit),
        shape,
      ),
    );
  }
  const membership = readTfConfig(process.env.TF_CONFIG as string);
  const index = membership?.index ?? 0;
  const trainer = membership
    ? await openClusterTrainer(model, { config, precision: 'float32', cluster: await openCluster(membership) })
    : openTrainer(model, 'native', { config, onFallback: (message) => console.error(message) });
  const [from, to] = [index, index + 1].map((at) => Math.floor((at * batchSize) / count)) as [number, number];
  const batch = {
    inputs: draw(batchSize * IMAGE).subarray(from * IMAGE, to * IMAGE),
    size: to - from,
    targets: Float32Array.from({ length: to - from }, (_, place) => (from + place) % 2),
  };
  return measure((step) => trainer.trainStep(batch, { learningRate: 0.001, seed: 1, step }));
}

function openCluster(membership: NonNullable<ReturnType<typeof readTfConfig>>): Promise<Cluster> {
  return Cluster.open(membership, { waitMs: 60_000, stepMs: 60_000 });
}

async function measure(takeStep: (step: number) => ReturnType<Trainer['trainStep']>): Promise<Measured> {
  for (let step = 0; step < WARM_UP; step++) await takeStep(step);
  const read = startClock();
  let loss = 0;
  for (let step = 0; step < steps; step++) ({ loss } = await takeStep(WARM_UP + step));
  const { wallMs, cpuMs } = read();
  return { wallMs: wallMs / steps, cpuMs: cpuMs / steps, loss, peakMB: process.resourceUsage().maxRSS / 1e3 };
}

/** Numbers from 0 to 1 without order, the same in Keras: those of MurmurHash's last step. */
function draw(length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => {
    let hash = index;
    for (const [shift, factor] of [
      [16, 0x85ebca6b],
      [13, 0xc2b2ae35],
    ] as const) {
      hash = Math.imul(hash ^ (hash >>> shift), factor);
    }
    return ((hash ^ (hash >>> 16)) >>> 8) / 2 ** 24;
  });
}
