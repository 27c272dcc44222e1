// Saves a run over and over, for a test that kills it: after epoch n every weight is n.
import { selectBackend } from '../../dist/backend/select.js';
import { tf } from '../../dist/backend/tfjs/tensors.js';
import { buildModel } from '../../dist/network/build.js';
import { saveRun } from '../../dist/runs/save-run.js';

const [folder, stateText] = process.argv.slice(2);
const state = JSON.parse(stateText);
await selectBackend('cpu');
const model = buildModel({ imageSize: 30, filters: [8], dense: 256, dropout: 0, classCount: 2 }, 1);
const checkpointOf = (epoch) => ({
  runStartedAt: state.startedAt,
  progress: { epoch, step: epoch * 10, position: { pass: 0, offset: 0 }, sums: { loss: epoch }, history: {} },
  slots: [{ name: 'rms/dense_1/kernel', shape: [50_000], values: new Float32Array(50_000).fill(epoch) }],
  data: { train: { files: [], badFiles: [] } },
  computer: {},
});
let record;
for (let epoch = 1; ; epoch++) {
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }) => tf.fill(shape, epoch))));
  const history = { loss: new Array(epoch).fill(epoch) };
  const best = epoch % 3 === 0 ? { best: { monitor: 'val_loss', value: 1 / epoch } } : {};
  record = await saveRun(folder, model, { ...state, history }, { checkpoint: checkpointOf(epoch), ...best }, record);
  if (epoch === 1) process.stdout.write('saving\n');
}
