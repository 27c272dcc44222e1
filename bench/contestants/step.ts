// A training step of cnnviz, batch 20: step graph|layers STEPS [float32|bfloat16]
import { selectBackend } from '../../src/backend/select.js';
import { createRandom } from '../../src/base/random.js';
import type { Precision } from '../../src/engines/contract/precision.js';
import { GraphTrainer } from '../../src/engines/graph/train.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { reportSteps } from './clock.js';

const [engine, steps, precision] = process.argv.slice(2) as [string, string, Precision?];
await selectBackend('native');
const model = buildModel({ imageSize: 150, filters: [32, 64, 128, 128], dense: 512, dropout: 0, classCount: 2 }, 1);
const config = {
  loss: 'binaryCrossentropy',
  optimizer: { name: 'rmsprop', rho: 0.9, momentum: 0, epsilon: 1e-7 },
} as const;
const trainer = engine === 'graph' ? new GraphTrainer(model, config, precision) : new LayersTrainer(model, config);
const random = createRandom(1, 'sample');
const batch = {
  inputs: Float32Array.from({ length: 20 * 150 * 150 * 3 }, random),
  size: 20,
  targets: Float32Array.from({ length: 20 }, (_, index) => index % 2),
};
let step = 0;
await reportSteps(() => trainer.trainStep(batch, { learningRate: 1e-4, seed: 1, step: step++ }), 3, Number(steps));
