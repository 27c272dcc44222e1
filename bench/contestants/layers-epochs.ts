// Whole epochs in cnnviz with tfjs-layers as the engine, without saving: layers-epochs IMAGES EPOCHS
import { selectBackend } from '../../src/backend/select.js';
import { resolveTrainOptions, toArchitecture, toTrainingConfig } from '../../src/commands/train/settings.js';
import { openTrainingData, openTrainingStream, openValidationStream } from '../../src/commands/train/train-data.js';
import { LayersTrainer } from '../../src/engines/tfjs/train.js';
import { buildModel } from '../../src/network/build.js';
import { beginProgress } from '../../src/runs/training-progress.js';
import { runTraining } from '../../src/training/loop.js';
import { EpochClock } from './epoch-clock.js';

const [folder, epochs] = process.argv.slice(2) as [string, string];
const settings = resolveTrainOptions({ data: folder, epochs: Number(epochs), backend: 'native' });
await selectBackend(settings.backend);
const data = await openTrainingData(settings, () => undefined);
if (data.validation === undefined) throw new Error(`${folder} has no validation folder`);
const validation = openValidationStream(data.validation, data, settings);
const model = buildModel(toArchitecture(settings, data.classNames.length), settings.seed);
const clock = new EpochClock(settings.epochs);
await runTraining(
  {
    ...settings,
    learningRate: () => settings.learningRate,
    isEnough: () => false,
    trainer: new LayersTrainer(model, toTrainingConfig(settings, data.classNames.length)),
    examples: openTrainingStream(data.train, data, settings),
    openValidation: validation.open,
    steps: Math.ceil(data.train.files.length / settings.batchSize),
    validationSteps: validation.steps,
  },
  beginProgress(),
  {
    onEpochStart: (epoch) => clock.start(epoch),
    onStep: () => undefined,
    onValidationStep: () => undefined,
    onEpochEnd: async ({ epoch }, { waitedFraction }) => clock.end(epoch, waitedFraction),
  },
);
