import os from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { LayersTrainer } from '../../../src/engines/tfjs/train.js';
import { buildModel } from '../../../src/network/build.js';
import { makeBatch, RMSPROP, train } from '../../training/training-fixture.js';

const globalsBefore = Object.getOwnPropertyNames(globalThis).sort();
const processorsBefore = os.cpus().length;

let startAlone: () => Promise<ReturnType<typeof tf.backend>>;

beforeAll(async () => {
  await import('@tensorflow/tfjs-backend-wasm');
  startAlone = tf.findBackendFactory('wasm') as typeof startAlone;
});

afterEach(() => vi.unstubAllEnvs());

afterAll(() => tf.removeBackend('wasm'));

/** The backend as in a new process, with so many threads. */
async function startWith(threads: string) {
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', startAlone);
  vi.stubEnv('CNNVIZ_WASM_THREADS', threads);
  return selectBackend('wasm');
}

/** Every kernel that a network of the article's kind needs, on 40 x 40 pixels. */
async function computeAll() {
  const activations = ['relu', 'elu', 'tanh', 'sigmoid', 'softplus', 'swish', 'gelu'] as const;
  const scores = await tf
    .tidy(() => {
      const x = tf.randomNormal([3, 40, 40, 3], 0, 1, 'float32', 1);
      const y = tf.layers.separableConv2d({ filters: 9, kernelSize: 3, padding: 'same', depthwiseInitializer: 'ones' });
      const features = tf.avgPool(y.apply(x) as tf.Tensor4D, 2, 2, 'same');
      const kinds = activations.map((name) => tf.layers.activation({ activation: name }).apply(features) as tf.Tensor);
      return tf.softmax(tf.reshape(tf.addN(kinds), [3, -1]));
    })
    .data();
  const model = buildModel({ imageSize: 40, filters: [16, 32], dense: 64, dropout: 0.5, classCount: 2 }, 3);
  const trainer = new LayersTrainer(model, RMSPROP);
  const batch = makeBatch(6, 40);
  const before = await trainer.evaluateBatch(batch);
  const after = await train(trainer, [0, 1, 2, 3, 4], batch);
  trainer.dispose();
  model.dispose();
  return { scores, before, after };
}

describe('more than one thread', () => {
  test('gives the same bits as one, forward and after five training steps', { timeout: 180_000 }, async () => {
    expect(await startWith('1')).toMatchObject({ name: 'wasm', threads: 1 });
    const alone = await computeAll();
    for (const threads of [2, 3]) {
      expect(await startWith(String(threads))).toMatchObject({ name: 'wasm', threads });
      expect(await computeAll()).toEqual(alone);
    }
  });

  test('leaves the process as it was', async () => {
    expect(await startWith('2')).toMatchObject({ threads: 2 });
    expect(Object.getOwnPropertyNames(globalThis).sort()).toEqual(globalsBefore);
    expect(os.cpus()).toHaveLength(processorsBefore);
    // Emscripten's own, which throws everything again.
    expect(process.rawListeners('uncaughtException').join()).not.toContain('ExitStatus');
  });

  test('is half the processors by default, two at least and eight at most', async () => {
    const expected = Math.min(os.availableParallelism(), 8, Math.max(2, Math.floor(os.availableParallelism() / 2)));
    expect(await startWith('')).toMatchObject({ threads: expected });
  });

  test('a backend that was started before stays', async () => {
    await startWith('2');
    const backend = tf.backend();
    vi.stubEnv('CNNVIZ_WASM_THREADS', '3');
    expect(await selectBackend('wasm')).toMatchObject({ threads: 2 });
    expect(tf.backend()).toBe(backend);
  });
});

test.each(['0', '9', 'two', '1.5'])('CNNVIZ_WASM_THREADS=%s is refused', async (threads) => {
  await expect(startWith(threads)).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: `CNNVIZ_WASM_THREADS: expected 1 to 8, received "${threads}"`,
  });
});
