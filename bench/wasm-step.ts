// A training step of the article's network on WebAssembly: cnnviz against stock tfjs with only the missing filter
// gradient added. Both live at once, each in a process of its own, and take turns step by step; CPU time.
// Usage: node wasm-step.js [imageSize] [batchSize] [rounds]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { tf } from '../src/backend/tensors.js';
import { registerWasmTraining } from '../src/backend/wasm/register.js';

const CONTESTANTS = ['stock', 'cnnviz'] as const;

export type WasmContestant = (typeof CONTESTANTS)[number];

export interface WasmStep {
  cpuMs: number;
  wallMs: number;
  loss: number;
  /** tensors alive after the step */
  tensors: number;
  /** of the process so far */
  peakMB: number;
}

/** Steps of both contestants in turns, the first (which grows the heap and compiles) left out. */
export async function compareWasmSteps(
  imageSize: number,
  batchSize: number,
  rounds: number,
): Promise<Record<WasmContestant, WasmStep[]>> {
  const script = fileURLToPath(import.meta.url);
  const processes = CONTESTANTS.map((name) => fork(script, [name, String(imageSize), String(batchSize)]));
  const steps: Record<WasmContestant, WasmStep[]> = { stock: [], cnnviz: [] };
  try {
    for (const child of processes) await askStep(child);
    for (let round = 0; round < rounds; round++) {
      for (const [index, name] of CONTESTANTS.entries()) {
        steps[name].push(await askStep(processes[index] as ChildProcess));
      }
    }
  } finally {
    for (const child of processes) child.disconnect();
  }
  return steps;
}

async function askStep(child: ChildProcess): Promise<WasmStep> {
  child.send('step');
  const [step] = await once(child, 'message');
  return step as WasmStep;
}

/** Returns a function that takes one training step, always on the same batch. */
export async function startWasmSteps(
  contestant: WasmContestant,
  imageSize: number,
  batchSize: number,
): Promise<() => Promise<WasmStep>> {
  if (contestant === 'cnnviz') registerWasmTraining();
  else addStockFilterGradient();
  await tf.setBackend('wasm');
  const model = buildArticleNetwork(imageSize);
  const images = tf.randomUniform([batchSize, imageSize, imageSize, 3], 0, 1, 'float32', 1);
  const labels = tf.tensor2d(
    Array.from({ length: batchSize }, (_, index) => index % 2),
    [batchSize, 1],
  );
  return async () => {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const [loss] = (await model.trainOnBatch(images, labels)) as number[];
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const peakMB = process.resourceUsage().maxRSS / 1e3;
    return { cpuMs: (user + system) / 1e3, wallMs, loss: loss as number, tensors: tf.memory().numTensors, peakMB };
  };
}

function buildArticleNetwork(imageSize: number): tf.LayersModel {
  const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential();
  for (const [index, filters] of [32, 64, 128, 128].entries()) {
    const inputShape = index === 0 ? { inputShape: [imageSize, imageSize, 3] } : {};
    const shape = { ...inputShape, filters, kernelSize: 3, kernelInitializer: kernelInitializer(index) };
    model.add(tf.layers.conv2d({ ...shape, activation: 'relu' }));
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  }
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 512, activation: 'relu', kernelInitializer: kernelInitializer(4) }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: kernelInitializer(5) }));
  model.compile({ optimizer: tf.train.rmsprop(1e-4), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** The shortest way to make stock tfjs train: the gradient as one convolution (strides of 1, no padding). */
function addStockFilterGradient(): void {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs }) => {
      const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
      return tf.tidy(() => {
        const gradient = tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, 'valid');
        return tf.transpose(gradient, [1, 2, 0, 3]);
      });
    },
  });
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

async function main(args: string[]): Promise<void> {
  if (process.send) {
    const takeStep = await startWasmSteps(args[0] as WasmContestant, Number(args[1]), Number(args[2]));
    process.on('message', async () => process.send?.(await takeStep()));
    return;
  }
  const [imageSize = 150, batchSize = 20, rounds = 7] = args.map(Number);
  const { stock, cnnviz } = await compareWasmSteps(imageSize, batchSize, rounds);
  for (const [name, steps] of Object.entries({ stock, cnnviz })) {
    const last = steps.at(-1) as WasmStep;
    const cpuMs = median(steps.map((step) => step.cpuMs)).toFixed(0);
    console.log(
      `${name}: ${cpuMs} CPU ms a step, peak ${last.peakMB.toFixed(0)} MB, ${last.tensors} tensors, loss ${last.loss}`,
    );
  }
  const ratios = stock.map((step, round) => step.cpuMs / (cnnviz[round] as WasmStep).cpuMs);
  console.log(
    `ratio: ${median(ratios).toFixed(2)} times as fast (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
