import { beforeAll, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { startBackend } from './against-cpu.js';

beforeAll(() => registerWasmTraining());

/** The article's blocks at 24x24 pixels, with one batch that it trains on again and again. */
function buildTraining() {
  const seeded = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [24, 24, 3], filters: 8, kernelSize: 3, activation: 'relu', ...seeded(1) }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', ...seeded(2) }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 32, activation: 'relu', ...seeded(3) }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', ...seeded(4) }));
  model.compile({ optimizer: tf.train.rmsprop(1e-4), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const x = tf.randomUniform([6, 24, 24, 3], 0, 1, 'float32', 1);
  const y = tf.tensor2d([0, 1, 0, 1, 1, 0], [6, 1]);
  return async () => ((await model.trainOnBatch(x, y)) as number[])[0] as number;
}

test('three steps of RMSprop lose what they lose on the cpu backend', async () => {
  const losses: number[][] = [];
  for (const backend of ['cpu', 'wasm'] as const) {
    await startBackend(backend);
    const takeStep = buildTraining();
    losses.push([await takeStep(), await takeStep(), await takeStep()]);
  }
  const [cpu, wasm] = losses as [number[], number[]];
  expect(Math.max(...cpu.map((loss, step) => Math.abs(loss - (wasm[step] as number))))).toBeLessThan(1e-5);
});

test('twenty steps leave no tensor behind and do not grow the heap', async () => {
  await startBackend('wasm');
  const takeStep = buildTraining();
  const heapSize = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
  await takeStep(); // makes the optimizer's slots
  await takeStep();
  const before = { ...tf.memory(), heap: heapSize() };
  const first = await takeStep();
  let last = first;
  for (let step = 1; step < 20; step++) last = await takeStep();
  const { numTensors, numDataBuffers } = tf.memory();
  expect({ numTensors, numDataBuffers, heap: heapSize() }).toEqual({
    numTensors: before.numTensors,
    numDataBuffers: before.numDataBuffers,
    heap: before.heap,
  });
  expect(last).toBeLessThan(first);
});
