import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { readPlan } from '../../src/engines/contract/network-plan.js';
import { articleNetwork } from '../helpers/article-network.js';
import { graphEngine } from '../helpers/engines.js';

beforeAll(async () => {
  await selectBackend('native');
});

type Range = [from: number, to: number];

/** Makes every convolution add up what it gets, so that whatever it sees shows. */
function setOnes(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const weights = layer.getWeights();
    layer.setWeights(weights.map(({ shape }, index) => (index === 0 ? tf.ones(shape) : tf.zeros(shape))));
  }
}

/** For each layer, which rows and columns of the input change each row and column of its cells, tried one after the other. */
async function tryEveryLine(model: tf.LayersModel, names: readonly string[]) {
  const [height, width, channels] = readPlan(model).inputShape as [number, number, number];
  const engine = graphEngine(model, ['run']);
  const run = async (isBright: (row: number, column: number) => boolean) => {
    const image = new Float32Array(height * width * channels).map((_, at) => {
      const pixel = Math.floor(at / channels);
      return isBright(Math.floor(pixel / width), pixel % width) ? 100 : 1;
    });
    return engine.run(image, 1, names);
  };
  const plain = await run(() => false);
  const seen = plain.map(({ shape: [, rows = 0, columns = 0] }) => ({
    rows: Array.from({ length: rows }, (): number[] => []),
    columns: Array.from({ length: columns }, (): number[] => []),
  }));
  const note = async (side: 'rows' | 'columns', line: number) => {
    const changed = await run((row, column) => (side === 'rows' ? row : column) === line);
    changed.forEach(({ shape, values }, index) => {
      const [, , columns, filters] = shape as [number, number, number, number];
      const cells = new Set<number>();
      values.forEach((value, at) => {
        const cell = Math.floor(at / filters);
        if (value !== plain[index]?.values[at])
          cells.add(side === 'rows' ? Math.floor(cell / columns) : cell % columns);
      });
      for (const cell of cells) seen[index]?.[side][cell]?.push(line);
    });
  };
  for (let row = 0; row < height; row++) await note('rows', row);
  for (let column = 0; column < width; column++) await note('columns', column);
  engine.dispose();
  return seen.map(({ rows, columns }) => ({ rows: rows.map(toRange), columns: columns.map(toRange) }));
}

const toRange = (lines: readonly number[]): Range =>
  lines.length === 0 ? [0, 0] : [Math.min(...lines), Math.max(...lines) + 1];

/** The same as it was computed; cells that see nothing have no place. */
function computed(model: tf.LayersModel) {
  const layers = readPlan(model).layers.filter(({ shape }) => shape.length === 3);
  const ranges = (cells: readonly { from: number; to: number }[] = []) =>
    cells.map(({ from, to }): Range => (to > from ? [from, to] : [0, 0]));
  return layers.map(({ name, field }) => ({ name, rows: ranges(field?.rows), columns: ranges(field?.columns) }));
}

async function compare(model: tf.LayersModel): Promise<void> {
  setOnes(model);
  const fields = computed(model);
  const names = fields.map(({ name }) => name);
  const tried = await tryEveryLine(model, names);
  expect(fields).toEqual(tried.map((field, index) => ({ name: names[index], ...field })));
}

test("every layer of the book's network sees what is computed, and nothing else", async () => {
  const model = articleNetwork(150, [1, 1, 1, 1], 1);
  await compare(model);
  const { layers } = readPlan(model);
  const fourth = layers.find(({ name }) => name === 'conv2d_4')?.field?.rows ?? [];
  // 3 + 1 * 1 + 2 * 2 + 2 * 1 + 4 * 2 + 4 * 1 + 8 * 2: kernels and poolings, each by the step of what it gets.
  expect(fourth.map(({ from, to }) => [from, to])).toEqual(
    Array.from({ length: 15 }, (_, at) => [8 * at, 8 * at + 38]),
  );
  model.dispose();
});

type Tensor = tf.SymbolicTensor;
const size = fc.integer({ min: 1, max: 4 });
const pair = fc.tuple(size, size);
const padding = fc.constantFrom('same' as const, 'valid' as const);
const step = fc.integer({ min: 1, max: 3 });

const ones = { kernelInitializer: 'ones', useBias: false } as const;
const add = (...from: Tensor[]) => tf.layers.add().apply(from) as Tensor;

const convolution = fc
  .record({ kernelSize: pair, padding, step, dilation: step })
  .map(({ kernelSize, padding: edges, step: strides, dilation }) => (from: Tensor) => {
    // TensorFlow.js has no convolution with both.
    const spread = strides === 1 ? { dilationRate: dilation } : { strides };
    return tf.layers.conv2d({ ...ones, filters: 1, kernelSize, padding: edges, ...spread }).apply(from) as Tensor;
  });

const pooling = fc
  .record({ poolSize: pair, strides: pair, padding, isMean: fc.boolean() })
  .map(({ isMean, ...sizes }) => (from: Tensor) => {
    const layer = isMean ? tf.layers.averagePooling2d(sizes) : tf.layers.maxPooling2d(sizes);
    return layer.apply(from) as Tensor;
  });

const branches = fc.tuple(pair, pair).map(([first, second]) => (from: Tensor) => {
  const same = (kernelSize: [number, number]) =>
    tf.layers.conv2d({ ...ones, filters: 1, kernelSize, padding: 'same' }).apply(from) as Tensor;
  return add(same(first), same(second), from);
});

const enlarging = fc
  .record({ kernelSize: pair, padding, step })
  .map(({ step: strides, ...sizes }) => (from: Tensor) => {
    return tf.layers.conv2dTranspose({ ...ones, ...sizes, filters: 1, strides }).apply(from) as Tensor;
  });

const network = fc.array(fc.oneof(convolution, pooling, branches, enlarging), { minLength: 1, maxLength: 4 });

/** Undefined for layers that leave no map, or one too large to try. */
function buildNetwork(layers: readonly ((from: Tensor) => Tensor)[]): tf.LayersModel | undefined {
  const input = tf.input({ shape: [13, 10, 1] });
  let output = input;
  for (const layer of layers) {
    output = layer(output);
    if (output.shape.slice(1).some((side) => !((side ?? 0) > 0 && (side ?? 0) < 60))) return undefined;
  }
  return tf.model({ inputs: input, outputs: output });
}

test('so does every layer of any network of convolutions, poolings, branches and transposed convolutions', async () => {
  const options = { numRuns: 40, seed: 17 };
  const property = fc.asyncProperty(network, async (layers) => {
    const model = buildNetwork(layers);
    fc.pre(model !== undefined);
    await compare(model as tf.LayersModel);
    model?.dispose();
  });
  await fc.assert(property, options);
});
