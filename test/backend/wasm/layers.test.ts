import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { registerWasmTraining } from '../../../src/backend/wasm/register.js';
import { createRandom } from '../../../src/base/random.js';
import { relativeDifference, startBackend } from './against-cpu.js';
import { convolutionGeometry, type PoolingGeometry, poolingGeometry } from './convolution-geometry.js';

beforeAll(() => registerWasmTraining());

type Input = [batch: number, height: number, width: number, channels: number];

interface Step {
  loss: number;
  weights: Float32Array[];
  leaked: number;
}

/**
 * One step of gradient descent with learning rate 1 on: 1x1 convolution, the layers in question, Flatten where needed, Dense,
 * softmax. The first convolution learns only through the gradients that those layers hand down.
 */
async function takeStep(backend: 'cpu' | 'wasm', input: Input, makeLayers: () => tf.layers.Layer[]): Promise<Step> {
  await startBackend(backend);
  const before = tf.memory().numTensors;
  const model = tf.sequential();
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const inputShape = input.slice(1);
  model.add(tf.layers.conv2d({ inputShape, filters: input[3], kernelSize: 1, kernelInitializer }));
  for (const layer of makeLayers()) model.add(layer);
  if ((model.outputShape as number[]).length > 2) model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer }));
  model.compile({ optimizer: tf.train.sgd(1), loss: 'categoricalCrossentropy' });
  const random = createRandom(1, 'sample');
  const x = tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(input) }, random), input);
  const y = tf.oneHot(tf.mod(tf.range(0, input[0], 1, 'int32'), tf.scalar(3, 'int32')), 3);
  const loss = (await model.trainOnBatch(x, y)) as number;
  const weights = model.getWeights().map((weight) => weight.dataSync() as Float32Array);
  model.dispose();
  tf.disposeVariables();
  return { loss, weights, leaked: tf.memory().numTensors - before };
}

async function stepDifference(input: Input, makeLayers: () => tf.layers.Layer[]): Promise<number> {
  const cpu = await takeStep('cpu', input, makeLayers);
  const wasm = await takeStep('wasm', input, makeLayers);
  const weights = cpu.weights.map((values, index) => relativeDifference(values, wasm.weights[index] as Float32Array));
  return Math.max(Math.abs(cpu.loss - wasm.loss), Math.abs(cpu.leaked - wasm.leaked), ...weights);
}

/** Sums of up to some hundred products in single precision, then one softmax. */
const BOUND = 1e-5;

describe('a training step equals that of the cpu backend through', () => {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 2 });
  const depthwiseInitializer = kernelInitializer;
  const pool = ({ poolSize, strides, pad }: PoolingGeometry) => ({ poolSize, strides, padding: pad });

  test('Conv2D', async () => {
    await fc.assert(
      fc.asyncProperty(convolutionGeometry, async ({ input, filter: [height, width, , filters], strides, pad }) => {
        const config = { filters, kernelSize: [height, width], strides, padding: pad, kernelInitializer };
        const makeLayers = () => [tf.layers.conv2d({ ...config, activation: 'relu' })];
        expect(await stepDifference(input, makeLayers)).toBeLessThan(BOUND);
      }),
      { numRuns: 25 },
    );
  });

  test('DepthwiseConv2D', async () => {
    await fc.assert(
      fc.asyncProperty(convolutionGeometry, async ({ input, filter: [height, width], strides, pad }) => {
        const square: [number, number] = [strides[0], strides[0]];
        const config = { kernelSize: [height, width] as [number, number], strides: square, padding: pad };
        const makeLayers = () => [tf.layers.depthwiseConv2d({ ...config, depthMultiplier: 2, depthwiseInitializer })];
        expect(await stepDifference(input, makeLayers)).toBeLessThan(BOUND);
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ['MaxPooling2D', (geometry: PoolingGeometry) => tf.layers.maxPooling2d(pool(geometry))],
    ['AveragePooling2D', (geometry: PoolingGeometry) => tf.layers.averagePooling2d(pool(geometry))],
  ])('%s', async (_, makeLayer) => {
    await fc.assert(
      fc.asyncProperty(poolingGeometry, async (geometry) => {
        expect(await stepDifference(geometry.input, () => [makeLayer(geometry)])).toBeLessThan(BOUND);
      }),
      { numRuns: 25 },
    );
  });

  test.each<[string, () => tf.layers.Layer]>([
    ['GlobalAveragePooling2D', () => tf.layers.globalAveragePooling2d({})],
    ['GlobalMaxPooling2D', () => tf.layers.globalMaxPooling2d({})],
    ['Dense', () => tf.layers.dense({ units: 5, kernelInitializer })],
    ['Dropout', () => tf.layers.dropout({ rate: 0.4, seed: 3 })],
    ['BatchNormalization', () => tf.layers.batchNormalization()],
    ['Rescaling', () => tf.layers.rescaling({ scale: 1 / 127.5, offset: -1 })],
    ['LeakyReLU', () => tf.layers.leakyReLU({ alpha: 0.1 })],
    ...(['relu', 'sigmoid', 'softmax', 'tanh', 'linear', 'elu'] as const).map(
      (activation): [string, () => tf.layers.Layer] => [
        `Activation ${activation}`,
        () => tf.layers.activation({ activation }),
      ],
    ),
  ])('%s', async (_, makeLayer) => {
    const length = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(length, length, length, length), async (input) => {
        expect(await stepDifference(input, () => [makeLayer()])).toBeLessThan(BOUND);
      }),
      { numRuns: 15 },
    );
  });
});
