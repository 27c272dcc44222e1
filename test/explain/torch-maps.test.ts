import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { ScoreNetwork } from '../../src/engines/contract/scores.js';
import { explainInput } from '../../src/explain/explain-input.js';
import { fillFor } from '../../src/explain/fill.js';
import { methodNames } from '../../src/explain/methods.js';
import { selectSpatialLayer } from '../../src/explain/select-layer.js';
import { classTarget } from '../../src/explain/targets.js';
import { graphScores, layersScores } from '../helpers/engines.js';
import { nativeTest } from '../helpers/native.js';

// Maps by PyTorch in float64: test/fixtures/scripts/explanations.py.
const fixture: {
  input: string;
  scores: number[];
  weights: string[];
  maps: Record<string, { shape: number[]; values: string; float32_error: number }>;
} = JSON.parse(readFileSync('test/fixtures/explanations.json', 'utf8'));

const decode = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);

function buildNetwork(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [20, 26, 3], filters: 4, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 6, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 8, activation: 'relu' }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  const shapes = model.getWeights().map(({ shape }) => shape);
  model.setWeights(fixture.weights.map((text, index) => tf.tensor(decode(text), shapes[index] as number[])));
  return model;
}

const engines: [string, typeof nativeTest | typeof test, (model: tf.LayersModel) => ScoreNetwork][] = [
  ['tfjs', test, layersScores],
  ['the graph', nativeTest, graphScores],
];

describe.each(engines)('as PyTorch has them in float64, by %s', (engine, testOn, open) => {
  testOn('the maps of every method, to 1e-5 of the largest value', async () => {
    await selectBackend(engine === 'tfjs' ? 'cpu' : 'native');
    const network = open(buildNetwork());
    const input = decode(fixture.input);
    const scores = await network.computeScores(input);
    expect([...scores.scores]).toEqual(fixture.scores.map((score) => expect.closeTo(score, 5)));
    const explained = await explainInput(network, input, scores, {
      layers: [selectSpatialLayer(network.layers)],
      targets: [0, 1, 2].map((index) => classTarget(index, 3)),
      methods: methodNames,
      fill: fillFor('mean', input, { inputShape: network.inputShape, black: [0, 0, 0] }),
    });
    expect(explained.map(({ method }) => method).toSorted()).toEqual(Object.keys(fixture.maps).toSorted());
    for (const { method, maps } of explained) {
      const { shape, values } = fixture.maps[method] as (typeof fixture.maps)[string];
      const expected = decode(values);
      const found = maps.flatMap(({ map }) => [...map.values]);
      expect([maps[0]?.map.height, maps[0]?.map.width], method).toEqual(shape);
      expect(found, method).toHaveLength(expected.length);
      const largest = Math.max(...expected.map(Math.abs));
      const difference = Math.max(...found.map((value, at) => Math.abs(value - (expected[at] as number))));
      expect(difference / largest, method).toBeLessThan(1e-5);
    }
  });
});
