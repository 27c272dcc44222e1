import { afterEach, describe, expect, test } from 'vitest';
import { selectBackend } from '../../src/backend/select.js';
import type { BackendName } from '../../src/backend/tfjs/backend.js';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { Trainer, TrainerState } from '../../src/engines/contract/trainer.js';
import type { TrainingConfig } from '../../src/engines/contract/training-config.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { nativeTest } from '../helpers/native.js';
import { everyRule, makeBatch, RMSPROP, train } from './training-fixture.js';

const engines: [string, BackendName, new (model: tf.LayersModel, config: TrainingConfig) => Trainer][] = [
  ['graph on native', 'native', GraphTrainer],
  ['layers on native', 'native', LayersTrainer],
  ['layers on wasm', 'wasm', LayersTrainer],
  ['layers on cpu', 'cpu', LayersTrainer],
];

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0).reverse()) one.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

function build(dropout = 0.5): tf.LayersModel {
  const model = buildModel({ imageSize: 8, filters: [4], dense: 16, dropout, classCount: 2 }, 3);
  open.push(model);
  return model;
}

describe.each(engines)('%s', (_, backend, Engine) => {
  const engineTest = backend === 'native' ? nativeTest : test;

  async function openTrainer(config = RMSPROP, dropout?: number): Promise<Trainer> {
    await selectBackend(backend);
    const trainer = new Engine(build(dropout), config);
    open.push(trainer);
    return trainer;
  }

  engineTest('the same seed gives the same weights to the last bit, dropout on', async () => {
    const first = await train(await openTrainer(), [0, 1, 2]);
    const second = await train(await openTrainer(), [0, 1, 2]);
    expect(second).toEqual(first);
  });

  engineTest('another step means another dropout mask', async () => {
    const first = await train(await openTrainer(), [0]);
    const second = await train(await openTrainer(), [1]);
    expect(second).not.toEqual(first);
  });

  engineTest.for(everyRule)('%j goes on exactly from the state of another trainer', async (rule) => {
    const config: TrainingConfig = { loss: 'binaryCrossentropy', ...rule };
    const unbroken = await openTrainer(config);
    const halfway = structuredClone(await train(unbroken, [0, 1]));
    const expected = await train(unbroken, [2, 3]);
    const resumed = await openTrainer(config);
    await resumed.writeState(halfway);
    expect(await train(resumed, [2, 3])).toEqual(expected);
  });

  engineTest('a state of another network is refused', async () => {
    const trainer = await openTrainer();
    const { weights, slots } = await trainer.readState();
    await expect(trainer.writeState({ weights: weights.slice(1), slots })).rejects.toMatchObject({ code: 'BAD_MODEL' });
    const [first, ...rest] = weights;
    const turned = [{ ...(first as TrainerState['weights'][0]), shape: [1] }, ...rest];
    await expect(trainer.writeState({ weights: turned, slots })).rejects.toMatchObject({ code: 'BAD_MODEL' });
  });

  engineTest('an example of weight 0 teaches nothing, and evaluation changes nothing', async () => {
    const trainer = await openTrainer(RMSPROP, 0);
    const batch = { ...makeBatch(), sampleWeights: new Float32Array(5) };
    const before = await trainer.readState();
    await trainer.evaluateBatch(makeBatch());
    const { loss } = await trainer.trainStep(batch, { learningRate: 0.01, seed: 5, step: 0 });
    expect(loss).toBe(0);
    expect((await trainer.readState()).weights).toEqual(before.weights);
  });

  engineTest('a batch of one is trained and evaluated', async () => {
    const trainer = await openTrainer();
    const { loss, correctCount } = await trainer.trainStep(makeBatch(1), { learningRate: 0.01, seed: 5, step: 0 });
    expect(loss).toBeGreaterThan(0);
    expect([0, 1]).toContain(correctCount);
    const { outputs } = await trainer.evaluateBatch(makeBatch(1));
    expect(outputs).toHaveLength(1);
  });

  engineTest('steps leave no tensors behind', async () => {
    const trainer = await openTrainer();
    await train(trainer, [0]);
    const before = tf.memory().numTensors;
    await train(trainer, [1, 2]);
    await trainer.evaluateBatch(makeBatch());
    await trainer.updateModel();
    expect(tf.memory().numTensors).toBe(before);
  });

  engineTest('training leaves the model as it is saved alone', async () => {
    await selectBackend(backend);
    const model = build();
    const before = model.toJSON();
    const trainer = new Engine(model, RMSPROP);
    open.push(trainer);
    await train(trainer, [0]);
    expect(model.toJSON()).toEqual(before);
  });
});
