import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { ScoreNetwork } from '../../src/engines/contract/scores.js';
import { explainInput } from '../../src/explain/explain-input.js';
import { getMethod, type MethodName } from '../../src/explain/methods.js';
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
  const maps = await explainInput(network, image, await network.computeScores(image), {
    layer: selectSpatialLayer(network.layers, layer),
    targets: classes.map((index) => classTarget(index, network.scoreCount)),
    method: getMethod(method).map,
  });
  return maps.map(({ score, map }) => ({ score, values: map.values }));
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

  on('two units with the scores -z and z have the maps of one sigmoid unit', async () => {
    for (const method of ['gradcam', 'hirescam'] as const) {
      expect(await explain(open(linearNetwork(2)), method, [0, 1])).toEqual(
        await explain(open(linearNetwork(1)), method, [0, 1]),
      );
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

  on('in a network that branches every path to the score counts, and once', async () => {
    const network = open(branchingNetwork());
    const map = async (method: MethodName, layer: string) =>
      rounded((await explain(network, method, [1], layer))[0]?.values as Float32Array);
    expect(await map('gradcam', 'a')).toEqual([4, 8, 12, 16]);
    expect(await map('hirescam', 'a')).toEqual([8, -16, 48, 0]);
    expect(await map('gradcam', 'b')).toEqual([3, 6, 9, 12]);
    expect(await map('gradcam', 'sum')).toEqual([4, 8, 12, 16]);
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
    const choice = { layer, targets, method: getMethod('hirescam').map };
    return (await explainInput(network, image, await network.computeScores(image), choice)).map(
      ({ methodsAreEqual }) => methodsAreEqual,
    );
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
    for (const method of ['gradcam', 'hirescam'] as const) {
      const [own, twins] = [
        await explain(open(model), method, [0, 1], undefined, image),
        await explain(open(twin), method, [0, 1], undefined, image),
      ];
      const largest = Math.max(...(own[1]?.values ?? []).map(Math.abs));
      const difference = own.flatMap(({ values }, index) =>
        Array.from(values, (value, at) => Math.abs(value - (twins[index]?.values[at] as number))),
      );
      expect(largest).toBeGreaterThan(0);
      expect(Math.max(...difference) / largest).toBeLessThan(1e-6);
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
