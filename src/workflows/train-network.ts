import { type SelectedBackend, selectBackend } from '../backend/select.js';
import type { tf } from '../backend/tensors.js';
import { CnnvizError } from '../errors.js';
import { buildModel } from '../model/build.js';
import { describeModel } from '../model/describe.js';
import { createTrainer } from '../training/create-trainer.js';
import { runTraining, type TrainingLoop } from '../training/loop.js';
import type { Trainer } from '../training/trainer.js';
import type { EventListener } from './events.js';
import type { TrainResult } from './train.js';
import { openTrainingStream, openValidationStream, type TrainingData } from './train-data.js';
import { type TrainSettings, toArchitecture, toTrainingConfig } from './train-options.js';
import { TrainingRun } from './training-run.js';

export interface TrainingTask {
  settings: TrainSettings;
  data: TrainingData;
  /** the run's */
  folder: string;
  startedAt: Date;
  onEvent: EventListener;
}

/** The part of `train` that needs TensorFlow: builds the network, trains and saves it. */
export async function trainNetwork(task: TrainingTask): Promise<TrainResult> {
  const { settings, data, onEvent } = task;
  const backend = await selectBackend(settings.backend);
  onEvent({ type: 'backend', ...backend });
  const model = buildModel(toArchitecture(settings, data.classNames.length), settings.seed);
  onEvent({ type: 'model', parameterCount: model.countParams() });
  try {
    return await trainModel(model, backend, task);
  } finally {
    model.dispose();
  }
}

async function trainModel(model: tf.LayersModel, backend: SelectedBackend, task: TrainingTask): Promise<TrainResult> {
  const { settings, data, onEvent } = task;
  const config = toTrainingConfig(settings, data.classNames.length);
  const { trainer, fallbackReason } = createTrainer(model, config, backend.name);
  const loop = prepareLoop(trainer, data, settings);
  try {
    if (fallbackReason !== undefined) {
      onEvent({ type: 'warning', message: `trained by tfjs-layers, which is slower: ${fallbackReason}` });
    }
    const run = new TrainingRun({ ...task, backend, model, trainer, description: describeModel(model), loop });
    const outcome = await runTraining(loop, run);
    if (outcome.step === 0) throw new CnnvizError('ABORTED', 'stopped before the first step: nothing was learned');
    if (outcome.interrupted) await run.saveInterrupted(outcome);
    return { path: task.folder, interrupted: outcome.interrupted, record: run.record };
  } finally {
    await loop.examples.close();
    trainer.dispose();
  }
}

function prepareLoop(trainer: Trainer, data: TrainingData, settings: TrainSettings): TrainingLoop {
  const { epochs, learningRate, seed, batchSize, stepsPerEpoch, signal } = settings;
  const validation = data.validation && openValidationStream(data.validation, data, settings);
  return {
    trainer,
    examples: openTrainingStream(data, settings),
    openValidation: validation?.open,
    epochs,
    steps: stepsPerEpoch ?? Math.ceil(data.train.files.length / batchSize),
    validationSteps: validation?.steps ?? 0,
    learningRate,
    seed,
    signal,
  };
}
