// Reports what the training loop does, and has the run saved after every epoch.

import type { TrainingProgress } from '../../runs/training-progress.js';
import { type EpochReport, isComplete, type LoopObserver, type TrainingLoop } from '../../training/loop.js';
import type { Meter } from '../../training/meter.js';
import { describeStuckAtChance } from '../../training/stuck-at-chance.js';
import type { EventListener } from '../shared/events.js';
import { describeChance } from './data-guards.js';
import type { TrainingEvent } from './events.js';
import type { RunKeeper } from './run-keeper.js';
import type { TrainSettings } from './settings.js';
import { listBadFiles } from './train-data.js';
import type { TrainingData } from './training-data.js';

interface TrainingObserverOptions {
  loop: TrainingLoop;
  saved: RunKeeper;
  data: TrainingData;
  settings: TrainSettings;
  /** the run's */
  folder: string;
  onEvent: EventListener<TrainingEvent>;
}

/** Reports what the training loop does, and has its run saved after every epoch. */
export class TrainingObserver implements LoopObserver {
  readonly #loop: TrainingLoop;
  readonly #saved: RunKeeper;
  readonly #data: TrainingData;
  readonly #settings: TrainSettings;
  readonly #folder: string;
  readonly #onEvent: EventListener<TrainingEvent>;
  readonly #chance: ReturnType<typeof describeChance>;
  readonly #reportedBadFiles = new Set<string>();

  constructor({ loop, saved, data, settings, folder, onEvent }: TrainingObserverOptions) {
    this.#loop = loop;
    this.#saved = saved;
    this.#data = data;
    this.#settings = settings;
    this.#folder = folder;
    this.#onEvent = onEvent;
    this.#chance = describeChance(data, settings, loop);
  }

  onEpochStart(epoch: number): void {
    const { epochs, steps } = this.#loop;
    this.#onEvent({ type: 'epoch-started', epoch, epochs, steps });
  }

  onStep(epoch: number, step: number, { loss, accuracy, imagesPerSecond }: Meter, remainingMs: number): void {
    this.#reportBadFiles();
    const { steps } = this.#loop;
    this.#onEvent({ type: 'step', epoch, step, steps, loss, accuracy, imagesPerSecond, remainingMs });
  }

  onValidationStep(step: number, { imagesPerSecond }: Meter): void {
    this.#onEvent({ type: 'evaluation-step', step, steps: this.#loop.validationSteps, imagesPerSecond });
  }

  async onEpochEnd(progress: TrainingProgress, { metrics, durationMs, waitedFraction }: EpochReport): Promise<void> {
    const onEvent = this.#onEvent;
    const loop = this.#loop;
    this.#reportBadFiles();
    // A run that goes on has reported in its first epoch what it found.
    if (!this.#saved.isChecked) await this.#data.check?.conclude(this.#settings.autoOrient, onEvent);
    const isBest = await this.#saved.saveEpoch(progress, durationMs, isComplete(loop, progress));
    const { loss, acc: accuracy, learning_rate: learningRate } = metrics;
    const { val_loss: validationLoss, val_acc: validationAccuracy } = metrics;
    const validation =
      validationLoss === undefined || validationAccuracy === undefined ? {} : { validationLoss, validationAccuracy };
    const means = { loss, accuracy, ...validation, learningRate, durationMs, waitedFraction };
    const { epoch } = progress;
    onEvent({ type: 'epoch-ended', epoch, epochs: loop.epochs, ...means, isBest });
    this.#reportSaved(epoch, false);
    this.#reportConsequences(progress, learningRate);
    const stuck = describeStuckAtChance(progress.history, this.#chance.train, this.#chance.validation);
    if (stuck !== undefined) onEvent({ type: 'warning', message: stuck });
  }

  /** Reports what an epoch means for those to come. */
  #reportConsequences({ epoch, step, history }: TrainingProgress, learningRate: number): void {
    const onEvent = this.#onEvent;
    const loop = this.#loop;
    const { monitor, earlyStopping: patience, reduceOnPlateau } = this.#settings;
    if (monitor !== undefined && patience !== false && loop.isEnough(history)) {
      onEvent({ type: 'stopped-early', epoch, monitor, patience });
    } else if (reduceOnPlateau && epoch < loop.epochs) {
      const next = loop.learningRate(step, history);
      if (next < learningRate) onEvent({ type: 'learning-rate-reduced', epoch, learningRate: next });
    }
  }

  /** Saves what was learned since the last epoch ended. */
  async saveInterrupted(progress: TrainingProgress): Promise<void> {
    this.#reportBadFiles();
    await this.#saved.saveInterrupted(progress);
    this.#reportSaved(progress.epoch, true);
  }

  /** As soon as they are found: whoever sees it can stop. */
  #reportBadFiles(): void {
    const { train, validation } = this.#data;
    if (train.badCount + (validation?.badCount ?? 0) === this.#reportedBadFiles.size) return;
    for (const file of listBadFiles(this.#data)) {
      if (this.#reportedBadFiles.has(file.path)) continue;
      this.#reportedBadFiles.add(file.path);
      this.#onEvent({ type: 'bad-image', ...file });
    }
  }

  #reportSaved(epoch: number, interrupted: boolean): void {
    this.#onEvent({ type: 'saved', path: this.#folder, epoch, interrupted });
  }
}
