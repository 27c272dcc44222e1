import { describe, expect, test } from 'vitest';
import { type RankingMeasure, rankChannels } from '../../src/activations/rank-channels.js';
import { selectBackend } from '../../src/backend/select.js';
import type { tf } from '../../src/backend/tfjs/tensors.js';
import type { ScoreNetwork } from '../../src/engines/contract/scores.js';
import { measureContributions } from '../../src/explain/contributions.js';
import { classTarget } from '../../src/explain/targets.js';
import { graphScores, layersScores } from '../helpers/engines.js';
import { nativeTest } from '../helpers/native.js';
import { branchingNetwork, linearNetwork, paperImage, poolingNetwork } from '../helpers/paper-networks.js';

/** What each channel of a layer contributes to a class's score. */
async function contribute(network: ScoreNetwork, layer: string, classIndex: number): Promise<number[]> {
  const target = classTarget(classIndex, network.scoreCount);
  const contributions = await measureContributions(network, paperImage, [layer], target);
  return Array.from(contributions.get(layer) ?? [], (value) => Math.round(value * 1e5) / 1e5 + 0);
}

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

  // Channel 0 is x, weighted 1, -1, 2, 0: 1 - 2 + 6 + 0 = 5. Channel 1 is x / 2, weighted 2, 0, -2, 4: 1 + 0 - 3 + 8 = 6.
  on('one sigmoid unit: the channels sum up to the score 11.5 less its bias; class 0 is the negative', async () => {
    const network = open(linearNetwork());
    expect(await contribute(network, 'conv', 1)).toEqual([5, 6]);
    expect(await contribute(network, 'conv', 0)).toEqual([-5, -6]);
  });

  on('softmax: the score of each class, not its probability', async () => {
    const network = open(linearNetwork(2));
    expect(await contribute(network, 'conv', 1)).toEqual([5, 6]);
    expect(await contribute(network, 'conv', 0)).toEqual([-5, -6]);
  });

  on('through max pooling: the one value 4, weighted 3, -5 and 0; and so for the units of Flatten', async () => {
    const network = open(poolingNetwork());
    for (const layer of ['conv', 'pool', 'flatten']) {
      const contributions = [0, 1, 2].map((index) => contribute(network, layer, index));
      expect(await Promise.all(contributions)).toEqual([[12], [-20], [0]]);
    }
  });

  on('a unit of a flat layer is a channel', async () => {
    const terms = [1, 1, -2, 0, 6, -3, 0, 8];
    expect(await contribute(open(linearNetwork()), 'flatten', 1)).toEqual(terms);
  });

  on('ranked by size with what speaks against the class among them, or by support alone', async () => {
    const rank = async (classIndex: number, by: RankingMeasure, count: number) => {
      const values = await contribute(open(linearNetwork()), 'flatten', classIndex);
      const statistics = values.map(() => ({ nonFiniteCount: 0 }));
      return rankChannels(values, statistics, { by, count }).map(({ channel, value }) => `${channel}: ${value}`);
    };
    expect(await rank(1, 'contribution', 5)).toEqual(['7: 8', '4: 6', '5: -3', '2: -2', '0: 1']);
    expect(await rank(0, 'contribution', 3)).toEqual(['7: -8', '4: -6', '5: 3']);
    expect(await rank(0, 'support', 5)).toEqual(['5: 3', '2: 2']);
  });

  on('in a network that branches every path to the score counts, and once: a = 2x by 4, -4, 8, 0', async () => {
    const network = open(branchingNetwork());
    // a: 2 * 4 - 4 * 4 + 6 * 8 = 40, the whole score; b = 3a has three quarters of it.
    expect(await contribute(network, 'a', 1)).toEqual([40]);
    expect(await contribute(network, 'b', 1)).toEqual([30]);
    expect(await contribute(network, 'sum', 0)).toEqual([-40]);
  });
});
