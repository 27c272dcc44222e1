import { afterEach, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { TrainerState } from '../../src/engines/contract/trainer.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';
import { createTrainer } from '../../src/engines/create-trainer.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { nativeTest } from '../helpers/native.js';
import { everyRule, RMSPROP, train } from '../training/training-fixture.js';

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
});

function build(dropout = 0.5): tf.LayersModel {
  const model = buildModel({ imageSize: 8, filters: [4], dense: 16, dropout, classCount: 2 }, 3);
  open.push(model);
  return model;
}

for (const rule of everyRule) {
  nativeTest(`the graph and tfjs-layers hand a state over: ${JSON.stringify(rule)}`, async () => {
    await selectBackend('native');
    const config: TrainingConfig = { loss: 'binaryCrossentropy', ...rule };
    const [graph, layers] = [new GraphTrainer(build(0), config), new LayersTrainer(build(0), config)];
    open.push(graph, layers);
    await layers.writeState(await train(graph, [0, 1]));
    await train(graph, [2]);
    await train(layers, [2]);
    const [a, b] = await Promise.all([graph.readState(), layers.readState()]);
    expect(b.slots.map(({ name }) => name).sort()).toEqual(a.slots.map(({ name }) => name).sort());
    const values = ({ weights }: TrainerState) =>
      weights.sort((x, y) => (x.name < y.name ? -1 : 1)).flatMap((weight) => [...weight.values]);
    const [ofGraph, ofLayers] = [values(a), values(b)];
    const difference = ofGraph.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (ofLayers[at] as number))),
      0,
    );
    expect(difference).toBeLessThan(1e-5);
  });
}

nativeTest('the graph trains what it knows and says what it does not', async () => {
  await selectBackend('native');
  const known = createTrainer(build(), RMSPROP, 'native');
  open.push(known.trainer);
  expect([known.trainer.engine, known.fallbackReason]).toEqual(['graph', undefined]);
  const odd = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, activation: 'selu', inputShape: [3], name: 'odd' }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  const unknown = createTrainer(odd, RMSPROP, 'native');
  open.push(odd, unknown.trainer);
  expect(unknown.trainer.engine).toBe('layers');
  expect(unknown.fallbackReason).toMatch(/odd.*selu/);
});

test('a network that does not end as the loss needs it is refused', async () => {
  await selectBackend('cpu');
  expect(() => new LayersTrainer(build(), { ...RMSPROP, loss: 'categoricalCrossentropy' })).toThrow(
    expect.objectContaining({ code: 'BAD_MODEL', message: expect.stringMatching(/dense_2.*softmax/) }),
  );
});

test('without native TensorFlow tfjs-layers trains, and that is no fallback', async () => {
  await selectBackend('cpu');
  const { trainer, fallbackReason } = createTrainer(build(), RMSPROP, 'cpu');
  open.push(trainer);
  expect([trainer.engine, fallbackReason]).toEqual(['layers', undefined]);
});
