import fs from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { SelectedBackend } from '../backend/select.js';
import { tf } from '../backend/tensors.js';
import type { BadFile } from '../dataset/batch.js';
import { CnnvizError } from '../errors.js';
import { writeFileAtomically } from '../files.js';
import type { Computer } from '../model/checkpoint.js';
import type { ModelDescription } from '../model/describe.js';
import { encodeHistory } from '../model/history-files.js';
import { isImprovement, monitoredValues } from '../model/monitor.js';
import { type Resumption, type RunRecord, type RunState, startRun } from '../model/run.js';
import { LOGS_FOLDER, pointLatest } from '../model/run-folder.js';
import { type SaveMoment, saveRun, updateRun } from '../model/save-run.js';
import type { TrainingProgress } from '../model/training-progress.js';
import { type EpochReport, isComplete, type LoopObserver, type TrainingLoop } from '../training/loop.js';
import type { Meter } from '../training/meter.js';
import { describeStuckAtChance } from '../training/stuck-at-chance.js';
import type { Trainer, TrainerState } from '../training/trainer.js';
import { compareComputers, describeComputer } from './computer.js';
import { describeChance } from './data-guards.js';
import { describeData } from './data-state.js';
import { CURVES_FILE } from './draw-curves.js';
import type { ResumedRun } from './resume.js';
import type { TensorBoardLog } from './tensorboard-log.js';
import type { TrainingTask } from './train-network.js';
import { readOwnVersion } from './versions.js';

export interface TrainingRunParts extends TrainingTask {
  backend: SelectedBackend;
  model: tf.LayersModel;
  description: ModelDescription;
  trainer: Trainer;
  loop: TrainingLoop;
}

/** Tells what the training loop does, and keeps its run on disk. */
export class TrainingRun implements LoopObserver {
  readonly #parts: TrainingRunParts;
  readonly #computer: Computer;
  readonly #resumptions: Resumption[];
  #record: RunRecord | undefined;
  readonly #chance: ReturnType<typeof describeChance>;
  readonly #epochSeconds: (number | null)[];
  #log: TensorBoardLog | undefined;
  readonly #toldBadFiles = new Set<string>();

  constructor(parts: TrainingRunParts) {
    const { backend, trainer, resumed } = parts;
    this.#parts = parts;
    this.#computer = describeComputer(backend, trainer);
    this.#record = resumed?.record;
    this.#chance = describeChance(parts.data, parts.settings.batchSize, parts.loop);
    this.#epochSeconds = resumed?.record.epochSeconds ?? [];
    this.#resumptions = resumed === undefined ? [] : [...resumed.record.resumptions, this.#describeResumption(resumed)];
  }

  /** Tells from where a run goes on, and whether that is exact. */
  tellResumption(): void {
    const { resumed, folder, onEvent, loop } = this.#parts;
    if (resumed === undefined) return;
    const { epoch, step } = resumed.checkpoint.progress;
    const differences = this.#resumptions.at(-1)?.differences ?? [];
    onEvent({ type: 'resumed', path: folder, epoch, epochs: loop.epochs, step, differences });
  }

  /** As last saved. */
  get record(): RunRecord {
    return this.#record as RunRecord;
  }

  onEpochStart(epoch: number): void {
    const { onEvent, loop } = this.#parts;
    onEvent({ type: 'epoch-started', epoch, epochs: loop.epochs, steps: loop.steps });
  }

  onStep(epoch: number, step: number, { loss, accuracy, imagesPerSecond }: Meter, remainingMs: number): void {
    const { onEvent, loop } = this.#parts;
    onEvent({ type: 'step', epoch, step, steps: loop.steps, loss, accuracy, imagesPerSecond, remainingMs });
  }

  onValidationStep(step: number, { imagesPerSecond }: Meter): void {
    const { onEvent, loop } = this.#parts;
    onEvent({ type: 'evaluation-step', step, steps: loop.validationSteps, imagesPerSecond });
  }

  async onEpochEnd(progress: TrainingProgress, { metrics, durationMs, waitedFraction }: EpochReport): Promise<void> {
    const { onEvent, loop, trainer } = this.#parts;
    this.#epochSeconds.push(Math.round(durationMs) / 1000);
    const state = await trainer.updateModel();
    await this.#logEpoch(progress, state);
    const best = this.#findImprovement(progress);
    await this.#save(progress, isComplete(loop, progress) ? 'finished' : 'running', state, best);
    const { loss, acc: accuracy, learning_rate: learningRate } = metrics;
    const { val_loss: validationLoss, val_acc: validationAccuracy } = metrics;
    const validation =
      validationLoss === undefined || validationAccuracy === undefined ? {} : { validationLoss, validationAccuracy };
    const figures = { loss, accuracy, ...validation, learningRate, durationMs, waitedFraction };
    const { epoch } = progress;
    onEvent({ type: 'epoch-ended', epoch, epochs: loop.epochs, ...figures, isBest: best !== undefined });
    this.#tellSaved(epoch, false);
    this.#tellConsequences(progress, learningRate);
    const stuck = describeStuckAtChance(progress.history, this.#chance.train, this.#chance.validation);
    if (stuck !== undefined) onEvent({ type: 'warning', message: stuck });
  }

  /** The monitored figure of the newest epoch, if it is the best so far. */
  #findImprovement({ history }: TrainingProgress): SaveMoment['best'] {
    const { monitor } = this.#parts.settings;
    if (monitor === undefined) return undefined;
    const value = monitoredValues(history, monitor).at(-1);
    if (value === undefined || !isImprovement(monitor, value, this.#record?.weights.best?.value)) return undefined;
    return { monitor, value };
  }

  /** Tells what an epoch means for those to come. */
  #tellConsequences({ epoch, step, history }: TrainingProgress, learningRate: number): void {
    const { onEvent, loop, settings } = this.#parts;
    const { monitor, earlyStopping: patience, reduceOnPlateau } = settings;
    if (monitor !== undefined && patience !== false && loop.isEnough(history)) {
      onEvent({ type: 'stopped-early', epoch, monitor, patience });
    } else if (reduceOnPlateau && epoch < loop.epochs) {
      const next = loop.learningRate(step, history);
      if (next < learningRate) onEvent({ type: 'learning-rate-reduced', epoch, learningRate: next });
    }
  }

  /** Saves what was learned since the last epoch ended. */
  async saveInterrupted(progress: TrainingProgress): Promise<void> {
    if (this.#record?.weights.last.step === progress.step) {
      this.#record = { ...this.#record, status: 'interrupted' };
      await updateRun(this.#parts.folder, this.#record);
    } else {
      await this.#save(progress, 'interrupted', await this.#parts.trainer.updateModel());
    }
    this.#tellSaved(progress.epoch, true);
  }

  /** Keeps the run as it was last saved where training came to a number that is none. @throws always */
  async recordDivergence(error: unknown): Promise<never> {
    if (!(error instanceof CnnvizError && error.code === 'DIVERGED')) throw error;
    const { folder } = this.#parts;
    let kept = 'nothing was saved yet';
    if (this.#record !== undefined) {
      this.#record = { ...this.#record, status: 'diverged' };
      await updateRun(folder, this.#record);
      const { epoch, step } = this.#record.weights.last;
      kept = `${folder} keeps the weights of epoch ${epoch}, step ${step}`;
    }
    const hint = 'Try a lower --learning-rate.';
    throw new CnnvizError('DIVERGED', `${error.message}: training was stopped; ${kept}`, { hint, cause: error });
  }

  async #save(
    progress: TrainingProgress,
    status: RunRecord['status'],
    { weights, slots }: TrainerState,
    best?: SaveMoment['best'],
  ): Promise<void> {
    const { model, folder, data, startedAt } = this.#parts;
    this.#tellBadFiles();
    const isFirst = this.#record === undefined;
    const checkpoint = { runStartedAt: startedAt, progress, slots, data: describeData(data), computer: this.#computer };
    const moment = { checkpoint, weights, ...(best === undefined ? {} : { best }) };
    this.#record = await saveRun(folder, model, this.#describe(progress, status), moment, this.#record);
    await this.#writeHistory(this.#record);
    if (isFirst) await this.#sweepReplacedRun();
    await pointLatest(folder);
  }

  /** Before the epoch is saved: what is saved is then never missing in the log. */
  async #logEpoch(progress: TrainingProgress, { weights }: TrainerState): Promise<void> {
    const { settings, folder, model, backend, data } = this.#parts;
    if (settings.log === undefined) return;
    const { TensorBoardLog } = await import('./tensorboard-log.js');
    const epoch = progress.epoch - 1;
    this.#log ??= await TensorBoardLog.begin({ folder, model, backend: backend.name, data, epoch });
    await this.#log.writeEpoch(progress, weights);
  }

  /** Removes what belongs to a run that was in this folder before. */
  async #sweepReplacedRun(): Promise<void> {
    const { folder } = this.#parts;
    await fs.rm(join(folder, CURVES_FILE), { force: true });
    if (this.#log === undefined) await fs.rm(join(folder, LOGS_FOLDER), { recursive: true, force: true });
  }

  /** For other programs; cnnviz itself reads run.json. */
  async #writeHistory({ history, epochSeconds = [] }: RunRecord): Promise<void> {
    for (const [name, content] of Object.entries(encodeHistory(history, epochSeconds))) {
      await writeFileAtomically(join(this.#parts.folder, name), content);
    }
  }

  #describeResumption({ checkpoint: { progress, computer } }: ResumedRun): Resumption {
    const differences = compareComputers(computer, this.#computer);
    return { at: new Date().toISOString(), step: progress.step, differences };
  }

  #describe({ history }: TrainingProgress, status: RunRecord['status']): RunState {
    const { settings, data, backend, startedAt, description, trainer } = this.#parts;
    const { onEvent: _, signal: __, ...options } = settings;
    const { name, version, threads } = backend;
    return startRun({
      startedAt,
      status,
      classNames: data.classNames,
      preprocessing: data.preprocessing,
      options: { ...options, data: resolve(options.data) },
      seed: settings.seed,
      counts: { train: data.train.files.length, validation: data.validation?.files.length ?? 0 },
      model: description,
      history,
      epochSeconds: [...this.#epochSeconds],
      badFiles: this.#badFiles(),
      backend: { name, version, threads },
      engine: trainer.engine,
      resumptions: this.#resumptions,
      versions: { cnnviz: readOwnVersion(), node: process.versions.node, tfjs: tf.version_core },
    });
  }

  #badFiles(): BadFile[] {
    const { train, validation } = this.#parts.data;
    return [...train.badFiles, ...(validation?.badFiles ?? [])];
  }

  #tellBadFiles(): void {
    for (const file of this.#badFiles()) {
      if (this.#toldBadFiles.has(file.path)) continue;
      this.#toldBadFiles.add(file.path);
      this.#parts.onEvent({ type: 'bad-image', ...file });
    }
  }

  #tellSaved(epoch: number, interrupted: boolean): void {
    this.#parts.onEvent({ type: 'saved', path: this.#parts.folder, epoch, interrupted });
  }
}
