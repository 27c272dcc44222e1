// Saves a run over and over, for a test that kills it: after epoch n every weight is n.
import { selectBackend } from '../../dist/backend/select.js';
import { tf } from '../../dist/backend/tensors.js';
import { buildModel } from '../../dist/model/build.js';
import { saveRun } from '../../dist/model/save-run.js';

const [folder, stateText] = process.argv.slice(2);
const state = JSON.parse(stateText);
await selectBackend('cpu');
const model = buildModel({ imageSize: 30, filters: [8], dense: 256, dropout: 0, classCount: 2 }, 1);
let record;
for (let epoch = 1; ; epoch++) {
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }) => tf.fill(shape, epoch))));
  const history = { loss: new Array(epoch).fill(epoch) };
  const best = epoch % 3 === 0 ? { bestValue: 1 / epoch } : {};
  record = await saveRun(folder, model, { ...state, history }, { epoch, step: epoch * 10, ...best }, record);
  if (epoch === 1) process.stdout.write('saving\n');
}
