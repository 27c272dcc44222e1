import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { readPlan } from '../../src/engines/contract/network-plan.js';
import type { CellField } from '../../src/engines/contract/receptive-field.js';
import { conv2DTranspose, depthwiseConv2D, groupedConv2D } from '../../src/network/layers/convolution-layers.js';
import { centerCrop, resizing, upSampling2D } from '../../src/network/layers/image-layers.js';
import type { LayerClass } from '../../src/network/layers/keras-layer.js';
import { getItem } from '../../src/network/layers/operation-layers.js';
import { articleNetwork } from '../helpers/article-network.js';
import { layersEngine } from '../helpers/engines.js';

beforeAll(async () => {
  await selectBackend('cpu');
});

const fieldsOf = (model: tf.LayersModel) => new Map(readPlan(model).layers.map(({ name, field }) => [name, field]));
const middles = (cells: readonly CellField[] | undefined) => cells?.map(({ middle }) => middle);

type Tensor = tf.SymbolicTensor;
type Padding = 'same' | 'valid';
const ones = { kernelInitializer: 'ones', useBias: false } as const;
const conv = (from: Tensor, kernelSize: number | number[], strides = 1, padding: Padding = 'valid', dilationRate = 1) =>
  tf.layers
    .conv2d({ ...ones, filters: 1, kernelSize: kernelSize as number, strides, padding, dilationRate })
    .apply(from) as Tensor;
const pool = (from: Tensor, poolSize: number, strides: number, padding: Padding = 'valid') =>
  tf.layers.maxPooling2d({ poolSize, strides, padding }).apply(from) as Tensor;
const add = (...from: Tensor[]) => tf.layers.add().apply(from) as Tensor;

const cross = (input: Tensor) => add(conv(input, [1, 7], 1, 'same'), conv(input, [7, 1], 1, 'same'));

/** Each from an input of 13 x 10 pixels: odd and even sizes pad differently. */
const networks: [string, (input: Tensor) => Tensor][] = [
  ['convolutions and pooling, valid', (input) => pool(conv(pool(conv(input, 3), 2, 2), 2), 2, 1)],
  ['a kernel wider than high', (input) => conv(conv(input, [1, 4]), [3, 2], 2)],
  [
    '"same" padding, strides, kernels of even and odd size',
    (input) => conv(pool(conv(input, 4, 2, 'same'), 3, 2, 'same'), 3, 1, 'same'),
  ],
  ['dilation', (input) => conv(conv(input, 2, 1, 'valid', 3), 3, 1, 'same', 2)],
  ['gaps between what is seen', (input) => conv(conv(input, 1, 3), 2, 1, 'same')],
  [
    'branches of other kernels',
    (input) => add(conv(input, 3, 1, 'same'), conv(input, 1), conv(conv(input, 3, 1, 'same'), 2, 1, 'same')),
  ],
  ['branches that cross', cross],
  [
    'branches that are cut and stepped',
    (input) => {
      const stepped = tf.layers
        .cropping2D({
          cropping: [
            [0, 0],
            [1, 0],
          ],
        })
        .apply(conv(input, 1, 2)) as Tensor;
      return add(stepped, conv(input, [7, 7]));
    },
  ],
  [
    'depthwise and separable convolutions, average pooling',
    (input) => {
      const depthwise = tf.layers
        .depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same', depthwiseInitializer: 'ones', useBias: false })
        .apply(input);
      const separable = tf.layers
        .separableConv2d({
          filters: 1,
          kernelSize: 2,
          depthwiseInitializer: 'ones',
          pointwiseInitializer: 'ones',
          useBias: false,
        })
        .apply(depthwise);
      return tf.layers.averagePooling2d({ poolSize: 2, strides: 1 }).apply(separable) as Tensor;
    },
  ],
  [
    'padding, enlarging and transposed convolutions',
    (input) => {
      const padded = tf.layers
        .zeroPadding2d({
          padding: [
            [2, 1],
            [0, 3],
          ],
        })
        .apply(conv(input, 2, 2)) as Tensor;
      const larger = tf.layers.upSampling2d({ size: [2, 3] }).apply(padded) as Tensor;
      const transposed = tf.layers
        .conv2dTranspose({ ...ones, filters: 1, kernelSize: 3, strides: 2, padding: 'same' })
        .apply(conv(larger, 3, 3)) as Tensor;
      return tf.layers.conv2dTranspose({ ...ones, filters: 1, kernelSize: 4, strides: 3 }).apply(transposed) as Tensor;
    },
  ],
];

/** Layers of our own. */
const own = (Layer: LayerClass, config: object, ...from: Tensor[]) =>
  new Layer({ ...config }).apply(from.length === 1 ? (from[0] as Tensor) : from) as Tensor;

networks.push(
  [
    'images resized to more and to fewer pixels',
    (input) => {
      const larger = own(resizing, { height: 17, width: 19, interpolation: 'bilinear' }, conv(input, 2));
      return own(resizing, { height: 6, width: 12, interpolation: 'nearest' }, conv(larger, 2));
    },
  ],
  [
    'maps enlarged by interpolation, and the middle of them',
    (input) => {
      const larger = own(upSampling2D, { size: [2, 3], interpolation: 'bilinear' }, conv(input, 3, 2));
      return own(centerCrop, { height: 6, width: 4 }, larger);
    },
  ],
  [
    'a transposed convolution of a size that is said, parts of it in steps',
    (input) => {
      const sizes = { filters: 1, kernelSize: [4, 3], strides: [2, 3], padding: 'same', outputPadding: [1, 2] };
      const larger = own(conv2DTranspose, { ...sizes, useBias: false }, conv(input, 2, 2));
      setOnes(larger);
      return own(
        getItem,
        {
          parts: [
            { start: 1, step: 2 },
            { start: -1, step: -2 },
          ],
        },
        larger,
      );
    },
  ],
  [
    'convolutions in groups and dilated ones by channel',
    (input) => {
      const two = tf.layers.concatenate().apply([input, conv(input, 3, 1, 'same')]) as Tensor;
      const sizes = { kernelSize: [3, 3], strides: [1, 1], padding: 'same', useBias: false };
      const grouped = own(groupedConv2D, { ...sizes, filters: 2, groups: 2, strides: [2, 2] }, two);
      setOnes(grouped);
      const dilated = own(depthwiseConv2D, { ...sizes, depthMultiplier: 1, dilationRate: [2, 3] }, grouped);
      setOnes(dilated);
      return conv(dilated, 1);
    },
  ],
);

/** Weights of ones for the layer that a tensor comes from. */
function setOnes({ sourceLayer }: Tensor): void {
  sourceLayer.setWeights(sourceLayer.getWeights().map(({ shape }) => tf.ones(shape)));
}

/** Of each cell the rows and columns of the pixels that change its value when they alone become very bright, by brute force. */
async function tryEveryPixel(model: tf.LayersModel, layer: { name: string }) {
  const [height, width] = readPlan(model).inputShape as [number, number];
  const engine = layersEngine(model);
  const run = async (bright: number) => {
    const image = new Float32Array(height * width).fill(1);
    if (bright >= 0) image[bright] = 1e4;
    return (await engine.run(image, 1, [layer.name]))[0]?.values as Float32Array;
  };
  const plain = await run(-1);
  const seen = Array.from(plain, () => ({ rows: [] as number[], columns: [] as number[] }));
  for (let pixel = 0; pixel < height * width; pixel++) {
    const changed = await run(pixel);
    changed.forEach((value, cell) => {
      if (value === plain[cell]) return;
      seen[cell]?.rows.push(Math.floor(pixel / width));
      seen[cell]?.columns.push(pixel % width);
    });
  }
  return seen;
}

/** [first, last] along each side */
const rangesOf = ({ rows, columns }: { rows: number[]; columns: number[] }) =>
  [rows, columns].map((side) => [Math.min(...side), Math.max(...side) + 1]);

test.each(networks)(
  "a pixel outside a cell's field changes nothing, the outermost within it do: %s",
  async (_, build) => {
    const input = tf.input({ shape: [13, 10, 1] });
    const model = tf.model({ inputs: input, outputs: build(input) });
    const { layers, outputs } = readPlan(model);
    const layer = layers.find(({ name }) => name === outputs[0]?.name) as (typeof layers)[number];
    const seen = (await tryEveryPixel(model, layer)).map(rangesOf);
    const { rows = [], columns = [] } = layer.field ?? {};
    const computed = rows.flatMap((row) => columns.map((column) => [row, column].map(({ from, to }) => [from, to])));
    // A cell that sees nothing has no first pixel.
    const blind = (cell: number[][]) => cell.some(([from = 0, to = 0]) => !(to > from));
    expect(computed.map((cell) => (blind(cell) ? 'blind' : cell))).toEqual(
      seen.map((cell) => (blind(cell) ? 'blind' : cell)),
    );
    model.dispose();
  },
);

test('of the rectangle that branches span which cross, and of dilated kernels, not every pixel counts', async () => {
  const countSeen = async (build: (input: Tensor) => Tensor) => {
    const input = tf.input({ shape: [13, 10, 1] });
    const model = tf.model({ inputs: input, outputs: build(input) });
    const { name, shape, field } = readPlan(model).layers.at(-1) as ReturnType<typeof readPlan>['layers'][number];
    const [row, column] = [6, 4].map((at, side) => Math.min(at, (shape[side] as number) - 1)) as [number, number];
    const cell = (await tryEveryPixel(model, { name }))[row * (shape[1] as number) + column];
    const [rows, columns] = [field?.rows[row], field?.columns[column]].map(
      (side) => (side?.to ?? 0) - (side?.from ?? 0),
    );
    model.dispose();
    return [cell?.rows.length, rows, columns];
  };
  expect(await countSeen(cross)).toEqual([13, 7, 7]);
  expect(await countSeen((input) => conv(input, 3, 1, 'valid', 3))).toEqual([9, 7, 7]);
});

test('of a Flatten the shape of the maps is known that its units come from, of no other layer', () => {
  const { layers } = readPlan(articleNetwork());
  expect(layers.filter(({ flattened }) => flattened !== null)).toMatchObject([
    { kind: 'Flatten', flattened: [7, 7, 128] },
  ]);
});

test("the book's network: middles 22.5 + 16 i at the fourth pooling, a field of 46 pixels, and 8 pixels that no cell sees", () => {
  const fields = fieldsOf(articleNetwork());
  const steps = (count: number, first: number, step: number) =>
    Array.from({ length: count }, (_, cell) => first + step * cell);
  const pooling = (number: number) =>
    [...fields.entries()].filter(([name]) => name.startsWith('max_pooling2d'))[number - 1]?.[1];
  // Edges of pixels are whole here: the middle of pixel 22 is 22.5, and 23 that of a field from 0 to 46.
  expect(middles(pooling(4)?.rows)).toEqual(steps(7, 23, 16));
  expect(middles(pooling(3)?.columns)).toEqual(steps(17, 11, 8));
  expect(middles(pooling(2)?.columns)).toEqual(steps(36, 5, 4));
  const cells = pooling(4)?.rows ?? [];
  expect([cells[0]?.from, cells[0]?.to, cells.at(-1)?.to]).toEqual([0, 46, 142]);
});

test('with "same" padding a cell lies where its pixel lies, however far it sees', () => {
  const input = tf.input({ shape: [8, 8, 1] });
  let deep = input as Tensor;
  for (let layer = 0; layer < 6; layer++) deep = conv(deep, 3, 1, 'same');
  const model = tf.model({ inputs: input, outputs: conv(deep, 3, 2, 'same') });
  const field = [...fieldsOf(model).values()].at(-1);
  expect(middles(field?.rows)).toEqual([1.5, 3.5, 5.5, 7.5]);
  expect(field?.rows.map(({ from, to }) => [from, to])).toEqual(
    [
      [0, 8],
      [0, 8],
      [0, 8],
      [0, 8],
    ].map((all, at) => (at === 0 ? [0, 8] : all)),
  );
});

test('what is spread over all places sees everything, and keeps the cells of what it is multiplied with', () => {
  const input = tf.input({ shape: [6, 6, 2] });
  const mean = tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(input) as Tensor;
  const weights = tf.layers.reshape({ targetShape: [1, 1, 2] }).apply(mean) as Tensor;
  const weighted = tf.layers.multiply().apply([input, weights]) as Tensor;
  const fields = [...fieldsOf(tf.model({ inputs: input, outputs: weighted })).values()];
  expect(fields.slice(0, 2)).toEqual([null, null]);
  expect(fields[2]?.rows).toEqual(Array.from({ length: 6 }, (_, row) => ({ from: 0, to: 6, middle: row + 0.5 })));
});
