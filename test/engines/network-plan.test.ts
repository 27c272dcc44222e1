import { beforeAll, describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import { readPlan } from '../../src/engines/contract/network-plan.js';
import { graphEngine, layersEngine } from '../helpers/engines.js';
import { randomizeWeights, relativeDifference, uniform } from '../helpers/gradients.js';
import { nativeTest } from '../helpers/native.js';
import { calledTwice, nested, nestedTwice, pooledTwice, twoInputs, twoOutputs } from '../helpers/odd-networks.js';

beforeAll(() => selectBackend('auto'));

type Row = [build: () => tf.LayersModel, layers: string[], outputs: string[], scoreCount: number | null];

const NETWORKS: Row[] = [
  [calledTwice, ['shared#1', 'shared#2', 'flatten', 'last'], ['last'], 1],
  [pooledTwice, ['pool#1', 'pool#2', 'conv', 'flatten', 'last'], ['last'], 1],
  [nested, ['base/conv', 'base/pool', 'head/flatten', 'head/classes'], ['head/classes'], 2],
  [nestedTwice, ['block#1/conv', 'block#2/conv', 'flatten', 'last'], ['last'], 1],
  [twoOutputs, ['conv', 'flat', 'kind', 'age'], ['kind', 'age'], null],
];

describe.each(NETWORKS)('%o', (build, names, outputs, scoreCount) => {
  test('every call of a layer has a name of its own', () => {
    const plan = readPlan(build());
    expect(plan.layers.map(({ name }) => name)).toEqual(names);
    expect(plan.outputs.map(({ name }) => name)).toEqual(outputs);
    expect(plan.scoreCount).toBe(scoreCount);
  });

  nativeTest('both engines give what tfjs predicts, and the same in every layer', async () => {
    const model = randomizeWeights(build(), 3);
    const [graph, layers] = [graphEngine(model), layersEngine(model)];
    const images = uniform(2 * 12 * 12 * 3, 4);
    const predicted = model.predict(tf.tensor(images, [2, 12, 12, 3]));
    const expected = Array.isArray(predicted) ? predicted : [predicted];
    for (const engine of [graph, layers]) {
      const given = await engine.run(images, 2, outputs);
      for (const [index, { values }] of given.entries()) {
        expect(relativeDifference(values, (expected[index] as tf.Tensor).dataSync<'float32'>())).toBeLessThan(1e-5);
      }
    }
    const [own, tfjs] = [await graph.run(images, 2, names), await layers.run(images, 2, names)];
    for (const [index, { name, shape, values }] of own.entries()) {
      expect(shape, name).toEqual(tfjs[index]?.shape);
      expect(shape.slice(1), name).toEqual(graph.layers[index]?.shape);
      expect(relativeDifference(values, tfjs[index]?.values as Float32Array), name).toBeLessThan(1e-5);
    }
    graph.dispose();
  });
});

test('a network of several inputs is refused with their names', () => {
  expect(() => readPlan(twoInputs())).toThrow(
    expect.objectContaining({ code: 'BAD_MODEL', message: expect.stringMatching(/several inputs \(left, right\)/) }),
  );
});

nativeTest('the numbers are the same whatever else the graph was compiled for', async () => {
  const model = randomizeWeights(nested(), 3);
  const image = uniform(12 * 12 * 3, 4);
  const names = ['base/conv', 'base/pool', 'head/classes'];
  const [one, all] = [graphEngine(model, ['run']), graphEngine(model)];
  expect(await all.run(image, 1, names)).toEqual(await one.run(image, 1, names));
  const scoring = graphEngine(model, ['score']);
  const target = Float32Array.of(1, 0);
  expect(await all.differentiate(image, 'base/pool', target)).toEqual(
    await scoring.differentiate(image, 'base/pool', target),
  );
  await expect(scoring.measure(image, 1, names)).rejects.toThrow('not opened for "measure"');
  for (const engine of [one, all, scoring]) engine.dispose();
});
