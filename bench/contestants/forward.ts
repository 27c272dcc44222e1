// A forward pass of a network from a .keras file: forward graph|layers PATH BATCH STEPS
import { selectBackend } from '../../src/backend/select.js';
import { createRandom } from '../../src/base/random.js';
import { readPlan } from '../../src/engines/contract/network-plan.js';
import { compileEngine } from '../../src/engines/graph/engine.js';
import { openLayers } from '../../src/engines/tfjs/engine.js';
import { openNetworkFile } from '../../src/formats/open/open-network-file.js';
import { buildNetwork } from '../../src/network/build-network.js';
import { reportSteps } from './clock.js';

const [kind, path = '', batch, steps] = process.argv.slice(2);
await selectBackend('native');
const file = await openNetworkFile(path);
const model = await buildNetwork(file.definition, file.readWeights);
await file.close();
const plan = readPlan(model);
const engine = kind === 'graph' ? compileEngine(model, plan, ['run']) : openLayers(plan);
const size = Number(batch);
const random = createRandom(1, 'sample');
const length = plan.inputShape.reduce((product, side) => product * side, size);
const images = Float32Array.from({ length }, random);
const last = plan.layers.filter(({ name }) => name === plan.outputs[0]?.name);
await reportSteps(() => engine.run(images, size, last), 3, Number(steps));
