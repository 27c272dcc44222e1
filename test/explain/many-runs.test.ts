import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { tf } from '../../src/backend/tfjs/tensors.js';
import type { ScoreNetwork } from '../../src/engines/contract/scores.js';
import { type ExplainChoice, explainInput } from '../../src/explain/explain-input.js';
import { fillFor } from '../../src/explain/fill.js';
import type { MethodName } from '../../src/explain/methods.js';
import { selectSpatialLayer } from '../../src/explain/select-layer.js';
import { classTarget } from '../../src/explain/targets.js';
import { articleNetwork } from '../helpers/article-network.js';
import { graphScores, layersScores } from '../helpers/engines.js';
import { relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';
import { branchingNetwork, linearNetwork, paperImage, poolingNetwork } from '../helpers/paper-networks.js';

/** A method's maps of some classes. */
async function explain(
  network: ScoreNetwork,
  method: MethodName,
  classes: number[],
  { layer, image = paperImage, ...choice }: { layer?: string; image?: Float32Array } & Partial<ExplainChoice> = {},
) {
  const [explained] = await explainInput(network, image, await network.computeScores(image), {
    layers: [selectSpatialLayer(network.layers, layer)],
    targets: classes.map((index) => classTarget(index, network.scoreCount)),
    methods: [method],
    ...choice,
  });
  return explained?.maps ?? [];
}

const rounded = (values: Float32Array | undefined) =>
  Array.from(values ?? [], (value) => Math.round(value * 1e4) / 1e4 + 0);

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
  const maps = async (...args: Parameters<typeof explain>) =>
    (await explain(...args)).map(({ map }) => rounded(map.values));

  on('without hidden layer integrated gradients are w x with gap 0, and SmoothGrad is |w|', async () => {
    const network = open(linearNetwork());
    const integrated = await explain(network, 'integrated-gradients', [0, 1]);
    expect(integrated.map(({ map }) => rounded(map.values))).toEqual([
      [-2, 2, -3, -8],
      [2, -2, 3, 8],
    ]);
    expect(integrated.map(({ completeness }) => completeness)).toEqual([
      { expected: expect.closeTo(-11, 5), gap: expect.closeTo(0, 5) },
      { expected: expect.closeTo(11, 5), gap: expect.closeTo(0, 5) },
    ]);
    expect(await maps(network, 'smoothgrad', [0, 1])).toEqual(Array(2).fill([2, 1, 1, 2]));
  });

  on('integrated gradients of a pixel that wins only later count the way on which it wins', async () => {
    // max(x) 3 all along: the largest pixel is the largest at every scale
    const [first] = await maps(open(poolingNetwork()), 'integrated-gradients', [0]);
    expect(first).toEqual([0, 0, 0, 12]);
  });

  on(
    'guided backpropagation stops at a relu what speaks against the class, and is the gradient elsewhere',
    async () => {
      expect(await maps(open(poolingNetwork()), 'guided', [0, 1])).toEqual([
        [0, 0, 0, 3],
        [0, 0, 0, 0],
      ]);
      expect(await maps(open(linearNetwork()), 'guided', [0, 1])).toEqual(Array(2).fill([2, 1, 1, 2]));
      expect(await maps(open(branchingNetwork()), 'guided', [1])).toEqual([[8, 8, 16, 0]]);
    },
  );

  on('occlusion is w (x - what takes its place): 0 for what no weight reads', async () => {
    const network = open(linearNetwork());
    expect(await maps(network, 'occlusion', [0, 1])).toEqual([
      [-2, 2, -3, -8],
      [2, -2, 3, 8],
    ]);
    const fill = fillFor('mean', paperImage, { inputShape: [2, 2, 1], black: [0] });
    expect([...fill]).toEqual([2.5, 2.5, 2.5, 2.5]);
    expect(await maps(network, 'occlusion', [1], { fill })).toEqual([[-3, 0.5, 0.5, 3]]);
    const [branching] = await explain(open(branchingNetwork()), 'occlusion', [1]);
    expect(rounded(branching?.map.values)).toEqual([8, -16, 48, 0]);
    expect(branching?.map.values[3]).toBeCloseTo(0, 10);
  });

  on(
    'RISE of separate pixels: the terms of the score times the variance of a mask, 1/9, by its mean, 1/2',
    async () => {
      const [against, found] = await explain(open(linearNetwork()), 'rise', [0, 1]);
      const expected = [2, -2, 3, 8].map((term) => (term * 2) / 9);
      for (const [pixel, value] of expected.entries()) {
        expect(Math.abs((found?.map.values[pixel] as number) - value)).toBeLessThan(0.3);
        expect(against?.map.values[pixel]).toBeCloseTo(-(found?.map.values[pixel] as number), 4);
      }
    },
  );

  on('Score-CAM of two channels with one map between 0 and 1: each counts half', async () => {
    expect(await maps(open(linearNetwork()), 'scorecam', [0, 1])).toEqual(Array(2).fill([0.75, 1.5, 2.25, 3]));
  });

  on(
    'Ablation-CAM: the channels of one sigmoid unit are worth 5 and 6; in a branch what is left without it',
    async () => {
      expect(await maps(open(linearNetwork()), 'ablationcam', [0, 1])).toEqual([
        [-8, -16, -24, -32],
        [8, 16, 24, 32],
      ]);
      const network = open(branchingNetwork());
      expect(await maps(network, 'ablationcam', [1], { layer: 'a' })).toEqual([[80, 160, 240, 320]]);
      expect(await maps(network, 'ablationcam', [1], { layer: 'b' })).toEqual([[180, 360, 540, 720]]);
    },
  );

  on('runs of the network are reported, and can be ended between two batches', async () => {
    let runs = 0;
    const advance = async (more: number) => {
      runs += more;
    };
    await explain(open(linearNetwork()), 'rise', [0], { advance });
    expect(runs).toBe(1000);
    const stop = async () => Promise.reject(new Error('stopped'));
    await expect(explain(open(linearNetwork()), 'occlusion', [0], { advance: stop })).rejects.toThrow('stopped');
  });

  on('several outputs of a layer at once, in a network that branches around it', async () => {
    const network = open(branchingNetwork());
    const outputs = Float32Array.of(...[0, 0, 0, 0], ...[1, 0, 0, 0], ...[0, 0, 1, 5]);
    // sum = a + b with a = 2 x: 2 (1 - 2 + 6) = 10 without b
    expect([...(await network.computeScoresFrom(paperImage, 'b', outputs))]).toEqual([10, 11, 12]);
    const masks = Float32Array.of(...[1, 1, 1, 1], ...[1, 0, 1, 1], ...[0.5, 1, 1, 1]);
    const fill = new Float32Array(4);
    expect([...(await network.computeMaskedScores(paperImage, { masks, fill }))]).toEqual([40, 56, 36]);
  });
});

nativeTest(
  'graph and tfjs give the same maps of a network like the article, by every method of many runs',
  async () => {
    await selectBackend('native');
    const model = articleNetwork(64, [4, 6, 8, 10], 16);
    const image = uniform(64 * 64 * 3, 5, 0, 1);
    for (const method of [
      'smoothgrad',
      'integrated-gradients',
      'guided',
      'occlusion',
      'scorecam',
      'ablationcam',
    ] as const) {
      const [graph, layers] = [
        await explain(graphScores(model), method, [0, 1], { image }),
        await explain(layersScores(model), method, [0, 1], { image }),
      ];
      for (const [index, { map }] of graph.entries()) {
        expect(relativeDifference(map.values, layers[index]?.map.values as Float32Array), method).toBeLessThan(1e-4);
      }
    }
  },
);
