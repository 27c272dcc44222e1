import type { RunRecord } from '../model/run.js';
import type { TrainingProgress } from '../model/training-progress.js';
import { type EpochReport, isComplete, type LoopObserver, type TrainingLoop } from '../training/loop.js';
import type { Meter } from '../training/meter.js';
import { describeStuckAtChance } from '../training/stuck-at-chance.js';
import { describeChance } from './data-guards.js';
import { SavedRun, type SavedRunParts } from './saved-run.js';
import { listBadFiles } from './train-data.js';

export interface TrainingRunParts extends SavedRunParts {
  loop: TrainingLoop;
}

/** Tells what the training loop does, and has its run saved. */
export class TrainingRun implements LoopObserver {
  readonly #parts: TrainingRunParts;
  readonly #saved: SavedRun;
  readonly #chance: ReturnType<typeof describeChance>;
  readonly #toldBadFiles = new Set<string>();

  constructor(parts: TrainingRunParts) {
    this.#parts = parts;
    this.#saved = new SavedRun(parts);
    this.#chance = describeChance(parts.data, parts.settings, parts.loop);
  }

  /** Tells from where a run goes on, and whether that is exact. */
  tellResumption(): void {
    const { resumed, folder, onEvent, loop } = this.#parts;
    if (resumed === undefined) return;
    const { epoch, step } = resumed.checkpoint.progress;
    const { differences } = this.#saved;
    onEvent({ type: 'resumed', path: folder, epoch, epochs: loop.epochs, step, differences });
  }

  /** As last saved. */
  get record(): RunRecord {
    return this.#saved.record;
  }

  onEpochStart(epoch: number): void {
    const { onEvent, loop } = this.#parts;
    onEvent({ type: 'epoch-started', epoch, epochs: loop.epochs, steps: loop.steps });
  }

  onStep(epoch: number, step: number, { loss, accuracy, imagesPerSecond }: Meter, remainingMs: number): void {
    const { onEvent, loop } = this.#parts;
    this.#tellBadFiles();
    onEvent({ type: 'step', epoch, step, steps: loop.steps, loss, accuracy, imagesPerSecond, remainingMs });
  }

  onValidationStep(step: number, { imagesPerSecond }: Meter): void {
    const { onEvent, loop } = this.#parts;
    onEvent({ type: 'evaluation-step', step, steps: loop.validationSteps, imagesPerSecond });
  }

  async onEpochEnd(progress: TrainingProgress, { metrics, durationMs, waitedFraction }: EpochReport): Promise<void> {
    const { onEvent, loop } = this.#parts;
    this.#tellBadFiles();
    const { data, resumed, settings } = this.#parts;
    // A run that goes on has told what it found in its first epoch.
    if (resumed?.record.check === undefined) await data.check?.conclude(settings.autoOrient, onEvent);
    const isBest = await this.#saved.saveEpoch(progress, durationMs, isComplete(loop, progress));
    const { loss, acc: accuracy, learning_rate: learningRate } = metrics;
    const { val_loss: validationLoss, val_acc: validationAccuracy } = metrics;
    const validation =
      validationLoss === undefined || validationAccuracy === undefined ? {} : { validationLoss, validationAccuracy };
    const figures = { loss, accuracy, ...validation, learningRate, durationMs, waitedFraction };
    const { epoch } = progress;
    onEvent({ type: 'epoch-ended', epoch, epochs: loop.epochs, ...figures, isBest });
    this.#tellSaved(epoch, false);
    this.#tellConsequences(progress, learningRate);
    const stuck = describeStuckAtChance(progress.history, this.#chance.train, this.#chance.validation);
    if (stuck !== undefined) onEvent({ type: 'warning', message: stuck });
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
    this.#tellBadFiles();
    await this.#saved.saveInterrupted(progress);
    this.#tellSaved(progress.epoch, true);
  }

  /** Keeps the run as it was last saved where training came to a number that is none. @throws always */
  recordDivergence(error: unknown): Promise<never> {
    return this.#saved.recordDivergence(error);
  }

  /** As soon as they are found: whoever sees it can stop. */
  #tellBadFiles(): void {
    const { train, validation } = this.#parts.data;
    if (train.badCount + (validation?.badCount ?? 0) === this.#toldBadFiles.size) return;
    for (const file of listBadFiles(this.#parts.data)) {
      if (this.#toldBadFiles.has(file.path)) continue;
      this.#toldBadFiles.add(file.path);
      this.#parts.onEvent({ type: 'bad-image', ...file });
    }
  }

  #tellSaved(epoch: number, interrupted: boolean): void {
    this.#parts.onEvent({ type: 'saved', path: this.#parts.folder, epoch, interrupted });
  }
}
