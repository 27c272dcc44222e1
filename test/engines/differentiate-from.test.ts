import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { NetworkEngine } from '../../src/engines/network-engine.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { nativeTest } from '../helpers/native.js';
import { branchingNetwork, paperImage, poolingNetwork } from '../helpers/paper-networks.js';

type On = (title: string, body: () => Promise<void>) => void;

const engines: [string, On, (model: tf.LayersModel) => NetworkEngine][] = [
  ['tfjs', test, layersEngine],
  ['the graph', nativeTest, graphEngine],
];

describe.each(engines)('worked out on paper, by %s', (engine, testOn, open) => {
  const on: On = (title, body) =>
    testOn(title, async () => {
      await selectBackend(engine === 'tfjs' ? 'cpu' : 'native');
      await body();
    });

  on('what a layer puts out is what it is given, for several scores at once', async () => {
    const network = open(poolingNetwork());
    const outputs = Float32Array.of(...[1, 2, 3, 4], ...[9, 2, 3, 4]);
    const weights = Float32Array.of(...[1, 0, 0], ...[0, 1, 0]);
    const gradients = await network.differentiateFrom(paperImage, 'conv', outputs, weights);
    expect([...gradients]).toEqual([0, 0, 0, 3, -5, 0, 0, 0]);
  });

  on('every path through a network that branches counts', async () => {
    const network = open(branchingNetwork());
    const of = async (layer: string) => [
      ...(await network.differentiateFrom(paperImage, layer, Float32Array.of(2, 4, 6, 8), Float32Array.of(1))),
    ];
    expect(await of('a')).toEqual([4, -4, 8, 0]);
    expect(await of('b')).toEqual([1, -1, 2, 0]);
  });

  on('weights that have changed count once the engine is refreshed', async () => {
    const model = branchingNetwork();
    const network = open(model);
    const sum = async () => [...((await network.run(paperImage, 1, ['sum']))[0]?.values ?? [])];
    expect(await sum()).toEqual([8, 16, 24, 32]);
    model.getLayer('b').setWeights([tf.tensor([1], [1, 1, 1, 1])]);
    network.refresh();
    expect(await sum()).toEqual([4, 8, 12, 16]);
    network.dispose();
  });
});
