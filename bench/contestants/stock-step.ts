// A training step of stock tfjs-node, batch 20: stock-step STEPS
import { selectBackend } from '../../src/backend/select.js';
import { reportSteps } from './clock.js';
import { buildStockNetwork, makeStockBatch } from './stock-network.js';

await selectBackend('native');
const model = buildStockNetwork(150);
const { images, labels } = makeStockBatch(20, 150);
await reportSteps(() => model.trainOnBatch(images, labels), 3, Number(process.argv[2]));
