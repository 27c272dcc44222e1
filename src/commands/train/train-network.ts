import { join } from 'node:path';
import { selectBackend } from '../../backend/select.js';
import type { BackendName, SelectedBackend } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { Precision } from '../../engines/contract/precision.js';
import type { Trainer } from '../../engines/contract/trainer.js';
import type { NamedArray } from '../../engines/contract/training-step.js';
import { MODEL_FILE } from '../../formats/tfjs/model-schema.js';
import { buildModel } from '../../network/build.js';
import { describeModel } from '../../network/describe.js';
import type { LayerDescription, ModelDescription } from '../../network/description.js';
import { loadModel } from '../../network/store.js';
import { disposeWeights } from '../../network/transfer.js';
import type { RunRecord } from '../../runs/run.js';
import { beginProgress, type TrainingProgress } from '../../runs/training-progress.js';
import { guardTrainer } from '../../training/guard-trainer.js';
import { runTraining, type TrainingLoop } from '../../training/loop.js';
import { chooseTrainingPrecision } from '../shared/choose-precision.js';
import type { EventListener } from '../shared/events.js';
import { openDecoder } from '../shared/open-decoder.js';
import { planEarlyStopping, planLearningRate } from './callbacks.js';
import type { TrainingEvent } from './events.js';
import { beginFilm, type FilmKeeper } from './film.js';
import { openTraining, type Training } from './open-training.js';
import type { TrainResult } from './result.js';
import type { ResumedRun } from './resume.js';
import type { RunKeeper } from './run-keeper.js';
import { RunWriter } from './run-writer.js';
import { type TrainSettings, toArchitecture } from './settings.js';
import { startFromRun } from './start-model.js';
import { openTrainingStream, openValidationStream } from './train-data.js';
import { joinTraining, shareResult } from './train-together.js';
import { TrainingObserver } from './training-observer.js';
import type { TrainingTask } from './training-task.js';
import { buildOnBase, freezeBase } from './transfer-network.js';

/** The part of `train` that needs TensorFlow: builds or loads the network, trains and saves it. */
export async function trainNetwork(task: TrainingTask): Promise<TrainResult> {
  const { settings, onEvent, resumed } = task;
  const backend = task.base?.backend ?? (await selectTrainingBackend(settings, resumed));
  if (task.base === undefined) onEvent({ type: 'backend', ...backend });
  const recorded = (resumed?.checkpoint.computer ?? task.handout)?.precision;
  const facts = { backend: backend.name, recorded, untried: untriedInBfloat16(task) };
  const precision = chooseTrainingPrecision(settings.precision, facts, onEvent);
  using decoder = await openDecoder(backend.name);
  for (const source of [task.data.train, task.data.validation]) if (source) source.decoder = decoder;
  const model = await openModel(task);
  const { start } = task;
  const place = start && { path: start.folder, weights: start.kind, epoch: start.weights.epoch };
  onEvent({ type: 'model', parameterCount: model.countParams(), ...place });
  try {
    return await trainModel(model, { backend, precision }, task);
  } finally {
    if (settings.base === undefined) model.dispose();
    else disposeWeights(model);
  }
}

/** What docs/recipes.md does not compare with float32. */
function untriedInBfloat16({ settings, cluster }: TrainingTask): string | undefined {
  if (settings.base !== undefined) return 'on the network of --base';
  return cluster && 'with several workers';
}

async function openModel(task: TrainingTask): Promise<tf.LayersModel> {
  const { settings, data, onEvent, resumed, start, base, folder } = task;
  const { classNames } = data;
  if (resumed !== undefined || base !== undefined) {
    const model = base
      ? buildOnBase(base, settings, classNames.length)
      : await loadModel(join(folder, (resumed as ResumedRun).record.weights.last.folder, MODEL_FILE));
    if (settings.base !== undefined) freezeBase(model, settings);
    return model;
  }
  const { seed } = settings;
  const architecture = toArchitecture(settings, classNames.length);
  if (start === undefined) return buildModel(architecture, seed);
  return startFromRun(start, architecture, { seed, classNames, onEvent });
}

/** A run goes on where it was trained before if that can be had: nothing else gives the same bits. */
async function selectTrainingBackend({ backend }: TrainSettings, resumed?: ResumedRun): Promise<SelectedBackend> {
  if (resumed === undefined || backend !== 'auto') return selectBackend(backend);
  try {
    return await selectBackend(resumed.checkpoint.computer.backend as BackendName);
  } catch {
    return selectBackend(backend);
  }
}

async function trainModel(
  model: tf.LayersModel,
  { backend, precision }: { backend: SelectedBackend; precision: Precision },
  task: TrainingTask,
): Promise<TrainResult> {
  const { settings, data, onEvent, resumed, folder, startedAt, cluster } = task;
  onEvent({ type: 'stage', stage: 'first-images' });
  const description = describeModel(model);
  if (resumed !== undefined) requireSameModel(resumed.record.model, description, folder);
  const progress = (resumed?.checkpoint ?? task.handout)?.progress ?? beginProgress();
  const warn = (message: string) => onEvent({ type: 'warning', message });
  const training = await openTraining(model, { backend: backend.name, precision }, task);
  const trainer = guardTrainer(training.trainer, progress, warn);
  const firstStep = progress.step;
  const loop = prepareLoop({ ...training, trainer }, task, progress);
  let film: FilmKeeper | undefined;
  try {
    if (resumed !== undefined) await restoreSlots(trainer, resumed.checkpoint.slots);
    const workers = cluster?.size ?? 1;
    film = await beginFilm(task, model, backend.name);
    const parts = {
      ...{ settings, data, folder, startedAt, onEvent, resumed, backend },
      ...{ model, description, trainer, workers, film },
    };
    const writer = cluster === undefined || cluster.index === 0 ? new RunWriter(parts) : undefined;
    if (resumed && writer) reportResumption(resumed, writer, { folder, epochs: loop.epochs, onEvent });
    const saved = cluster ? await joinTraining(cluster, task, { backend, trainer, progress, writer }) : writer;
    const observer = new TrainingObserver({ loop, saved: saved as RunKeeper, data, settings, folder, onEvent });
    const { interrupted } = await runTraining(loop, progress, observer).catch((error) => {
      if (writer === undefined) throw error;
      return writer.recordDivergence(error);
    });
    if (progress.step === firstStep && interrupted) {
      throw new CnnvizError('ABORTED', 'stopped before the first step: nothing was learned');
    }
    if (interrupted) await observer.saveInterrupted(progress);
    return await shareResult(cluster, { path: folder, interrupted, record: writer?.record as RunRecord });
  } finally {
    await loop.examples.close();
    trainer.dispose();
    film?.dispose();
  }
}

/** Reports where a run goes on, and whether that is exact. */
function reportResumption(
  { checkpoint }: ResumedRun,
  { differences }: RunWriter,
  { folder, epochs, onEvent }: { folder: string; epochs: number; onEvent: EventListener<TrainingEvent> },
): void {
  const { epoch, step } = checkpoint.progress;
  onEvent({ type: 'resumed', path: folder, epoch, epochs, step, differences });
  onEvent({ type: 'stage', stage: 'first-images' });
}

/** The weights are the model's already. */
async function restoreSlots(trainer: Trainer, slots: NamedArray[]): Promise<void> {
  const { weights } = await trainer.readState();
  await trainer.writeState({ weights, slots });
}

function prepareLoop(
  training: Training,
  { data, settings, cluster }: TrainingTask,
  { position }: TrainingProgress,
): TrainingLoop {
  const { epochs, seed, batchSize, stepsPerEpoch, signal } = settings;
  const steps = stepsPerEpoch ?? Math.ceil(data.train.files.length / batchSize);
  const share = cluster && { index: cluster.index, size: cluster.size };
  const validation = training.validation && openValidationStream(training.validation, data, settings, share);
  return {
    trainer: training.trainer,
    examples: openTrainingStream(training.train, data, settings, position, share),
    openValidation: validation?.open,
    epochs,
    steps,
    validationSteps: validation?.steps ?? 0,
    learningRate: planLearningRate(settings, steps),
    isEnough: planEarlyStopping(settings),
    seed,
    signal: cluster?.stopSignal ?? signal,
  };
}

/** @throws CnnvizError BAD_MODEL when a checkpoint's network is not the run's, with the first difference */
function requireSameModel(run: ModelDescription, checkpoint: ModelDescription, folder: string): void {
  const count = Math.max(run.layers.length, checkpoint.layers.length);
  for (let index = 0; index < count; index++) {
    const [expected, found] = [run.layers[index], checkpoint.layers[index]].map(formatLayer) as [string, string];
    if (expected === found) continue;
    throw new CnnvizError(
      'BAD_MODEL',
      `${folder}: layer ${index + 1} is ${expected} in the run, ${found} in its checkpoint`,
    );
  }
}

function formatLayer(layer: LayerDescription | undefined): string {
  if (layer === undefined) return 'absent';
  return `${layer.name} (${layer.kind}, ${JSON.stringify(layer.outputShape)}, ${layer.parameterCount} parameters)`;
}
