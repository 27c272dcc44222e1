import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { ScoreNetwork } from '../../src/engines/contract/scores.js';
import { blurMap } from '../../src/explain/blur.js';
import { type ClassMap, explainInput, type MethodMaps } from '../../src/explain/explain-input.js';
import { locateCells } from '../../src/explain/locate-cells.js';
import { getMethod, type MethodName, methodNames } from '../../src/explain/methods.js';
import { selectSpatialLayer } from '../../src/explain/select-layer.js';
import { classTarget } from '../../src/explain/targets.js';
import { articleNetwork } from '../helpers/article-network.js';
import { graphScores, layersScores } from '../helpers/engines.js';
import { relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';
import { branchingNetwork, linearNetwork, paperImage, poolingNetwork } from '../helpers/paper-networks.js';

/** Score and map of each class. */
async function explain(
  network: ScoreNetwork,
  method: MethodName,
  classes: number[],
  layer?: string,
  image: Float32Array = paperImage,
) {
  const [explained] = await explainInput(network, image, await network.computeScores(image), {
    layers: [selectSpatialLayer(network.layers, layer)],
    targets: classes.map((index) => classTarget(index, network.scoreCount)),
    methods: [method],
  });
  const maps = explained?.maps ?? [];
  return maps.map(({ score, map }) => ({ score, values: map.values }));
}

/** The pixel methods' maps of each class, of a network that has no layer with maps. */
async function explainPixels(network: ScoreNetwork, image: Float32Array, classes: number[]) {
  const explained = await explainInput(network, image, await network.computeScores(image), {
    layers: [],
    targets: classes.map((index) => classTarget(index, network.scoreCount)),
    methods: ['saliency', 'input-x-gradient'],
  });
  return classes.map((_, index) =>
    Object.fromEntries(explained.map(({ method, maps }) => [method, rounded(maps[index]?.map.values as Float32Array)])),
  );
}

/** Two pixels of two colors, straight to two scores. */
function flatNetwork(): tf.LayersModel {
  const kernel = tf.tensor2d([
    [1, 0],
    [-4, 0],
    [2, 0],
    [1, 0],
  ]);
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [1, 2, 2] }),
      tf.layers.dense({ units: 2, activation: 'softmax', weights: [kernel, tf.zeros([2])] }),
    ],
  });
}

const rounded = (values: Float32Array) => Array.from(values, (value) => Math.round(value * 1e5) / 1e5 + 0);

const engines: [string, (title: string, body: () => Promise<void>) => void, (model: tf.LayersModel) => ScoreNetwork][] =
  [
    ['tfjs', test, layersScores],
    ['the graph', nativeTest, graphScores],
  ];

describe.each(engines)('worked out on paper, by %s', (engine, testOn, open) => {
  const on = (title: string, body: () => Promise<void>) =>
    testOn(title, async () => {
      await selectBackend(engine === 'tfjs' ? 'cpu' : 'native');
      await body();
    });

  on(
    'Grad-CAM of one sigmoid unit: channels count by their mean gradients, 1/2 and 1; class 0 is the negative',
    async () => {
      const [class0, class1] = await explain(open(linearNetwork()), 'gradcam', [0, 1]);
      expect([class1?.score, class0?.score]).toEqual([11.5, -11.5]);
      expect(rounded(class1?.values as Float32Array)).toEqual([1, 2, 3, 4]);
      expect(rounded(class0?.values as Float32Array)).toEqual([-1, -2, -3, -4]);
    },
  );

  on('HiResCAM of one sigmoid unit: the terms of the score at each position', async () => {
    const [class0, class1] = await explain(open(linearNetwork()), 'hirescam', [0, 1]);
    expect(rounded(class1?.values as Float32Array)).toEqual([2, -2, 3, 8]);
    expect(rounded(class0?.values as Float32Array)).toEqual([-2, 2, -3, -8]);
  });

  on(
    'Grad-CAM++ of one sigmoid unit: gradients for the class alone, g / (2 + S g) each, make a channel count',
    async () => {
      const [class0, class1] = await explain(open(linearNetwork()), 'gradcam++', [0, 1]);
      expect(rounded(class1?.values as Float32Array)).toEqual(rounded(paperImage.map((x) => (23 / 66) * x)));
      expect(rounded(class0?.values as Float32Array)).toEqual(rounded(paperImage.map((x) => x / 6)));
    },
  );

  on('LayerCAM of one sigmoid unit: the terms with a gradient for the class', async () => {
    const [class0, class1] = await explain(open(linearNetwork()), 'layercam', [0, 1]);
    expect(rounded(class1?.values as Float32Array)).toEqual([2, 0, 6, 8]);
    expect(rounded(class0?.values as Float32Array)).toEqual([0, 2, 3, 0]);
  });

  on('Eigen-CAM of channels x and x/2: x times the length of (1, 1/2), for either class', async () => {
    const maps = await explain(open(linearNetwork()), 'eigencam', [0, 1]);
    for (const { values } of maps) expect(rounded(values)).toEqual(rounded(paperImage.map((x) => Math.sqrt(1.25) * x)));
  });

  on('of the pixels: the size of the gradient 2, -1, 1, 2, and with the pixel the terms of the score', async () => {
    const maps = async (method: MethodName) =>
      (await explain(open(linearNetwork()), method, [0, 1])).map(({ values }) => rounded(values));
    expect(await maps('saliency')).toEqual(Array(2).fill([2, 1, 1, 2]));
    expect(await maps('input-x-gradient')).toEqual([
      [-2, 2, -3, -8],
      [2, -2, 3, 8],
    ]);
  });

  on('of the pixels of a network without hidden layer: |w| of the strongest color, and w x', async () => {
    const [first] = await explainPixels(open(flatNetwork()), Float32Array.of(1, 2, 3, 4), [0]);
    expect(first).toEqual({ saliency: [4, 2], 'input-x-gradient': [1 - 8, 6 + 4] });
  });

  on('two units with the scores -z and z have the maps of one sigmoid unit', async () => {
    for (const method of methodNames) {
      const [own, twins] = [open(linearNetwork(1)), open(linearNetwork(2))];
      const expected = await explain(own, method, [0, 1]);
      const found = await explain(twins, method, [0, 1]);
      expect(found.map(({ score }) => score)).toEqual(expected.map(({ score }) => score));
      expect(found.map(({ values }) => rounded(values))).toEqual(expected.map(({ values }) => rounded(values)));
    }
  });

  on('through max pooling only the maximum gets a gradient: 3, -5, 0 over four positions', async () => {
    const network = open(poolingNetwork());
    const maps = await explain(network, 'gradcam', [0, 1, 2], 'conv');
    expect(maps.map(({ score }) => score)).toEqual([12, -19, 0.25]);
    expect(maps.map(({ values }) => rounded(values))).toEqual([
      [0.75, 1.5, 2.25, 3],
      [-1.25, -2.5, -3.75, -5],
      [0, 0, 0, 0],
    ]);
    const [first] = await explain(network, 'hirescam', [0], 'conv');
    expect(rounded(first?.values as Float32Array)).toEqual([0, 0, 0, 12]);
  });

  on('through max pooling one place is hot, by every method that does not average over the map', async () => {
    const network = open(poolingNetwork());
    const maps = async (method: MethodName) =>
      (await explain(network, method, [0, 1], 'conv')).map(({ values }) => rounded(values));
    expect(await maps('layercam')).toEqual([
      [0, 0, 0, 12],
      [0, 0, 0, 0],
    ]);
    expect(await maps('gradcam++')).toEqual([rounded(paperImage.map((x) => (3 / 32) * x)), [0, 0, 0, 0]]);
    expect(await maps('saliency')).toEqual([
      [0, 0, 0, 3],
      [0, 0, 0, 5],
    ]);
    expect(await maps('input-x-gradient')).toEqual([
      [0, 0, 0, 12],
      [0, 0, 0, -20],
    ]);
  });

  on('in a network that branches every path to the score counts, and once', async () => {
    const network = open(branchingNetwork());
    const map = async (method: MethodName, layer: string) =>
      rounded((await explain(network, method, [1], layer))[0]?.values as Float32Array);
    expect(await map('gradcam', 'a')).toEqual([4, 8, 12, 16]);
    expect(await map('hirescam', 'a')).toEqual([8, -16, 48, 0]);
    expect(await map('gradcam', 'b')).toEqual([3, 6, 9, 12]);
    expect(await map('gradcam', 'sum')).toEqual([4, 8, 12, 16]);
    expect(await map('layercam', 'a')).toEqual([8, 0, 48, 0]);
    expect(await map('saliency', 'a')).toEqual([8, 8, 16, 0]);
    expect(await map('input-x-gradient', 'a')).toEqual([8, -16, 48, 0]);
  });

  on('the score is taken before the activation, the probability after it', async () => {
    const { scores, outputs } = await open(linearNetwork(2)).computeScores(paperImage);
    expect([...scores]).toEqual([-11.5, 11.5]);
    expect(outputs[1]).toBeCloseTo(1 / (1 + Math.exp(-23)), 6);
    const [probability] = (await open(linearNetwork(1)).computeScores(paperImage)).outputs;
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-11.5)), 6);
  });
});

test('before global average pooling both methods give one map, before Flatten they do not', async () => {
  await selectBackend('cpu');
  const equalAt = async (model: tf.LayersModel) => {
    const network = layersScores(model);
    const image = uniform(4 * 4 * 3, 5, 0, 1);
    const layer = selectSpatialLayer(network.layers, 'conv');
    const targets = [0, 1, 2].map((index) => classTarget(index, 3));
    const choice = { layers: [layer], targets, methods: ['hirescam'] as const };
    const [explained] = await explainInput(network, image, await network.computeScores(image), choice);
    return explained?.maps.map(({ methodsAreEqual }) => methodsAreEqual);
  };
  const build = (middle: tf.layers.Layer) =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'conv', filters: 5, kernelSize: 2, inputShape: [4, 4, 3] }),
        middle,
        tf.layers.dense({ units: 7, activation: 'relu' }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    });
  expect(await equalAt(build(tf.layers.globalAveragePooling2d({})))).toEqual([true, true, true]);
  expect(await equalAt(build(tf.layers.flatten()))).toEqual([false, false, false]);
});

nativeTest('graph and tfjs agree at every layer, for either class', async () => {
  await selectBackend('native');
  const model = articleNetwork(64, [4, 6, 8, 10], 16);
  const [graph, layers] = [graphScores(model), layersScores(model)];
  const image = uniform(64 * 64 * 3, 5, 0, 1);
  expect(graph.layers).toEqual(layers.layers);
  const differences: number[] = [];
  for (const { name } of layers.layers) {
    for (const sign of [-1, 1]) {
      const [a, b] = [
        await graph.differentiate(image, name, Float32Array.of(sign)),
        await layers.differentiate(image, name, Float32Array.of(sign)),
      ];
      differences.push(
        relativeDifference(Float32Array.from(a.output.values), Float32Array.from(b.output.values)),
        relativeDifference(Float32Array.from(a.gradient), Float32Array.from(b.gradient)),
      );
    }
  }
  expect(Math.max(...differences)).toBeLessThan(1e-5);
  expect(graph.layers).toHaveLength(10);
});

nativeTest("one sigmoid unit's maps are those of the two-logit twin of the article's network", async () => {
  await selectBackend('native');
  const model = articleNetwork(64, [4, 6, 8, 10], 16);
  const twin = twinOf(model);
  const image = uniform(64 * 64 * 3, 5, 0, 1);
  for (const open of [graphScores, layersScores]) {
    for (const method of methodNames.filter((name) => name !== 'rise')) {
      // The difference of two scores has less digits than a gradient.
      const allowed = getMethod(method).by === 'perturbation' ? 1e-5 : 1e-6;
      const [own, twins] = [
        await explain(open(model), method, [0, 1], undefined, image),
        await explain(open(twin), method, [0, 1], undefined, image),
      ];
      const largest = Math.max(...(own[1]?.values ?? []).map(Math.abs));
      const difference = own.flatMap(({ values }, index) =>
        Array.from(values, (value, at) => Math.abs(value - (twins[index]?.values[at] as number))),
      );
      expect(largest).toBeGreaterThan(0);
      expect(Math.max(...difference) / largest).toBeLessThan(allowed);
    }
  }
});

/** The same network with two softmax units whose scores are -z and z. */
function twinOf(model: tf.LayersModel): tf.LayersModel {
  const twin = articleNetwork(64, [4, 6, 8, 10], 16, 2);
  const weights = model.getWeights();
  const [kernel, bias] = weights.slice(-2) as [tf.Tensor2D, tf.Tensor1D];
  twin.setWeights([...weights.slice(0, -2), tf.concat([tf.neg(kernel), kernel], 1), tf.concat([tf.neg(bias), bias])]);
  return twin;
}

describe('a bright patch of an image that is not square', () => {
  // Dark pixels are below the threshold of the relu, so that gradients are 0 there.
  const network = () =>
    layersScores(
      tf.sequential({
        layers: [
          tf.layers.conv2d({
            inputShape: [24, 40, 1],
            name: 'conv',
            filters: 1,
            kernelSize: 3,
            strides: 2,
            activation: 'relu',
            weights: [tf.ones([3, 3, 1, 1]), tf.tensor1d([-3])],
          }),
          tf.layers.globalAveragePooling2d({}),
          tf.layers.dense({ units: 2, activation: 'softmax', weights: [tf.tensor2d([[1, -1]]), tf.zeros([2])] }),
        ],
      }),
    );

  test.each(methodNames)('is found within half the step of a cell by %s', async (method) => {
    await selectBackend('cpu');
    const [top, left, size] = [14, 27, 5];
    const image = Float32Array.from({ length: 24 * 40 }, (_, pixel) => {
      const [y, x] = [Math.floor(pixel / 40) - top, (pixel % 40) - left];
      return Number(y >= 0 && y < size && x >= 0 && x < size);
    });
    const opened = network();
    const [explained] = await explainInput(opened, image, await opened.computeScores(image), {
      layers: [selectSpatialLayer(opened.layers)],
      targets: [classTarget(0, 2)],
      methods: [method],
    });
    const { layer, maps } = explained as MethodMaps;
    const isOfPixels = getMethod(method).of === 'input';
    const map = isOfPixels ? blurMap((maps[0] as ClassMap).map) : (maps[0] as ClassMap).map;
    const { rows, columns } = locateCells(layer, opened.inputShape);
    // Windows that hide enough of the patch are equal.
    const highest = Math.max(...map.values);
    const peaks = [...map.values.keys()].filter((at) => (map.values[at] as number) >= highest * (1 - 1e-6));
    const middle = (place: (peak: number) => number | undefined) =>
      peaks.reduce((sum, peak) => sum + (place(peak) ?? 0), 0) / peaks.length;
    const found = [
      middle((peak) => rows[Math.floor(peak / map.width)]) * 24,
      middle((peak) => columns[peak % map.width]) * 40,
    ];
    const step = { input: 1, layer: 2, windows: 4 }[getMethod(method).of];
    expect(Math.abs((found[0] as number) - (top + size / 2))).toBeLessThanOrEqual(step / 2);
    expect(Math.abs((found[1] as number) - (left + size / 2))).toBeLessThanOrEqual(step / 2);
  });
});
