import { afterEach, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { BackendName } from '../../src/backend/tfjs/backend.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { TrainerState } from '../../src/engines/contract/trainer.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { openEngine, openTrainer } from '../../src/engines/open.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { bfloat16Test } from '../helpers/bfloat16.js';
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

const odd = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3] }),
      tf.layers.thresholdedReLU({ name: 'odd' }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

/** Opens the model for training and for everything else; what was reported of each. */
function openBoth(model: tf.LayersModel, backend: BackendName) {
  const messages: string[] = [];
  const onFallback = (message: string) => messages.push(message);
  const trainer = openTrainer(model, backend, { config: RMSPROP, onFallback });
  const engine = openEngine(model, backend, { uses: ['run', 'score', 'measure'], onFallback });
  open.push(trainer, engine);
  return { kinds: [trainer.engine, engine.kind], messages };
}

nativeTest('the graph takes what it knows; else each engine says once what it does not know', async () => {
  await selectBackend('native');
  expect(openBoth(build(), 'native')).toEqual({ kinds: ['graph', 'graph'], messages: [] });
  const model = odd();
  open.push(model);
  expect(openBoth(model, 'native')).toEqual({
    kinds: ['layers', 'layers'],
    messages: [
      expect.stringMatching(/^trained by tfjs-layers, which is slower: odd: .*ThresholdedReLU/),
      expect.stringMatching(/^run by tfjs-layers, which is slower: odd: .*ThresholdedReLU/),
    ],
  });
});

bfloat16Test('what the graph does not know is computed in float32, and that is said', async () => {
  await selectBackend('native');
  const messages: string[] = [];
  const call = { precision: 'bfloat16', onFallback: (message: string) => messages.push(message) } as const;
  const openWith = (model: tf.LayersModel) => {
    const trainer = openTrainer(model, 'native', { ...call, config: RMSPROP });
    const engine = openEngine(model, 'native', { ...call, uses: ['run'] });
    open.push(trainer, engine);
    return [trainer.precision, engine.precision];
  };
  expect(openWith(build())).toEqual(['bfloat16', 'bfloat16']);
  expect(messages).toEqual([]);
  expect(openWith(odd())).toEqual(['float32', 'float32']);
  expect(messages).toEqual([
    expect.stringMatching(/^trained by tfjs-layers in float32, which is slower: odd/),
    expect.stringMatching(/^run by tfjs-layers in float32, which is slower: odd/),
  ]);
});

test('a network that does not end as the loss needs it is refused', async () => {
  await selectBackend('cpu');
  expect(() => new LayersTrainer(build(), { ...RMSPROP, loss: 'categoricalCrossentropy' })).toThrow(
    expect.objectContaining({ code: 'BAD_MODEL', message: expect.stringMatching(/dense_2.*softmax/) }),
  );
});

test('without native TensorFlow tfjs-layers does it all, and that is no fallback', async () => {
  await selectBackend('cpu');
  expect(openBoth(build(), 'cpu')).toEqual({ kinds: ['layers', 'layers'], messages: [] });
});
