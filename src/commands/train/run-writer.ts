// A run folder during training.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { Trainer, TrainerState } from '../../engines/contract/trainer.js';
import type { ModelDescription } from '../../network/description.js';
import type { Computer } from '../../runs/checkpoint.js';
import { pointLatest } from '../../runs/latest.js';
import { isImprovement, monitoredValues } from '../../runs/monitor.js';
import { type Resumption, type RunRecord, type RunState, startRun } from '../../runs/run.js';
import { LOGS_FOLDER } from '../../runs/run-folder.js';
import { type SaveMoment, saveRun, updateRun } from '../../runs/save-run.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import { nameLeftOut } from '../shared/announce-data.js';
import type { EventListener } from '../shared/events.js';
import { readVersions } from '../shared/versions.js';
import { compareComputers, describeComputer } from './computer.js';
import { countKnownFiles, describeData } from './data-state.js';
import { CURVES_FILE } from './draw-curves.js';
import type { FilmKeeper } from './film.js';
import { recordOptions } from './recorded-options.js';
import type { ResumedRun } from './resume.js';
import type { RunKeeper } from './run-keeper.js';
import type { TrainSettings } from './settings.js';
import type { TensorBoardLog } from './tensorboard-log.js';
import { countUsable, listBadFiles } from './train-data.js';
import type { TrainingData } from './training-data.js';

interface RunWriterOptions {
  settings: TrainSettings;
  data: TrainingData;
  folder: string;
  /** when the run began, ISO 8601 */
  startedAt: string;
  onEvent: EventListener;
  /** absent for a new run */
  resumed: ResumedRun | undefined;
  backend: SelectedBackend;
  model: tf.LayersModel;
  description: ModelDescription;
  trainer: Trainer;
  /** how many train together */
  workers: number;
  /** absent: none is kept */
  film: FilmKeeper | undefined;
}

/** Files whose list is written in some ten milliseconds. */
const SHORT_LIST = 20_000;

/** A run's folder while training goes on. */
export class RunWriter implements RunKeeper {
  readonly #options: RunWriterOptions;
  readonly #computer: Computer;
  readonly #resumptions: Resumption[];
  #record: RunRecord | undefined;
  readonly #epochSeconds: (number | null)[];
  #log: TensorBoardLog | undefined;
  /** of this process */
  #isFirstSave = true;
  /** files of which the saved list says what they hold; undefined: no list is saved */
  #listedCount: number | undefined;

  constructor(options: RunWriterOptions) {
    const { backend, trainer, workers, resumed, data } = options;
    this.#options = options;
    this.#computer = describeComputer(backend, trainer, workers);
    this.#record = resumed?.record;
    if (resumed?.record.dataList !== undefined) this.#listedCount = countKnownFiles(data);
    this.#epochSeconds = resumed?.record.epochSeconds ?? [];
    this.#resumptions = resumed === undefined ? [] : [...resumed.record.resumptions, this.#describeResumption(resumed)];
  }

  /** As last saved. */
  get record(): RunRecord {
    return this.#record as RunRecord;
  }

  /** Whether a process before this one has checked the images and saved what it found. */
  get isChecked(): boolean {
    return this.#options.resumed?.record.check !== undefined;
  }

  /** Why what goes on now may not be bit for bit the run that was never stopped. */
  get differences(): string[] {
    return this.#resumptions.at(-1)?.differences ?? [];
  }

  /**
   * Saves a whole epoch.
   *
   * @param isLast whether training is over with it
   * @returns whether it is the best so far
   */
  async saveEpoch(progress: TrainingProgress, durationMs: number, isLast: boolean): Promise<boolean> {
    this.#epochSeconds.push(Math.round(durationMs) / 1000);
    const state = await this.#options.trainer.updateModel();
    await this.#logEpoch(progress, state);
    await this.#options.film?.keepEpoch(progress.epoch);
    const best = this.#findImprovement(progress);
    await this.#save(progress, isLast ? 'finished' : 'running', state, best);
    return best !== undefined;
  }

  /** Saves what was learned since the last epoch ended. */
  async saveInterrupted(progress: TrainingProgress): Promise<void> {
    if (this.#record?.weights.last.step === progress.step) {
      this.#record = { ...this.#record, status: 'interrupted' };
      await updateRun(this.#options.folder, this.#record);
    } else {
      await this.#options.film?.keepStart();
      await this.#save(progress, 'interrupted', await this.#options.trainer.updateModel());
    }
  }

  /** Keeps the run as it was last saved if training diverged. @throws always */
  async recordDivergence(error: unknown): Promise<never> {
    if (!(error instanceof CnnvizError && error.code === 'DIVERGED')) throw error;
    const { folder } = this.#options;
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

  /** The monitored metric of the newest epoch, if it is the best so far. */
  #findImprovement({ history }: TrainingProgress): SaveMoment['best'] {
    const { monitor } = this.#options.settings;
    if (monitor === undefined) return undefined;
    const value = monitoredValues(history, monitor).at(-1);
    if (value === undefined || !isImprovement(monitor, value, this.#record?.weights.best?.value)) return undefined;
    return { monitor, value };
  }

  async #save(
    progress: TrainingProgress,
    status: RunRecord['status'],
    { weights, slots }: TrainerState,
    best?: SaveMoment['best'],
  ): Promise<void> {
    const { model, folder, data, startedAt } = this.#options;
    const checkpoint = { runStartedAt: startedAt, progress, slots, computer: this.#computer };
    const knownCount = countKnownFiles(data);
    const isListDue = this.#isListDue(knownCount, status !== 'running');
    const beforeCommit = () => this.#prepareCommit();
    const dataList = isListDue ? { dataList: describeData(data) } : {};
    const { keepEpochs } = this.#options.settings;
    const isKept = status !== 'interrupted' && keepEpochs !== undefined && progress.epoch % keepEpochs === 0;
    const moment = { checkpoint, weights, isKept, ...(best && { best }), ...dataList, beforeCommit };
    this.#record = await saveRun(folder, model, this.#describe(progress, status), moment, this.#record);
    if (isListDue) this.#listedCount = knownCount;
  }

  /** The list of the images is saved again while it grows; a long one not for every few files that were read since. */
  #isListDue(knownCount: number, isLast: boolean): boolean {
    if (this.#listedCount === undefined) return true;
    const { train, validation } = this.#options.data;
    const fileCount = train.files.length + (validation?.files.length ?? 0);
    const isWorthIt =
      isLast || fileCount <= SHORT_LIST || knownCount >= fileCount || knownCount >= 1.25 * this.#listedCount;
    return knownCount > this.#listedCount && isWorthIt;
  }

  /** Before the epoch is saved: what is saved is then never missing in the log. */
  async #logEpoch(progress: TrainingProgress, { weights }: TrainerState): Promise<void> {
    const { settings, folder, model, backend, data } = this.#options;
    if (settings.log === undefined) return;
    const { TensorBoardLog } = await import('./tensorboard-log.js');
    const epoch = progress.epoch - 1;
    this.#log ??= await TensorBoardLog.begin({ folder, model, backend: backend.name, data, epoch });
    await this.#log.writeEpoch(progress, weights);
  }

  /** The last moment of the old state: from here on the run is this one, and the last one. */
  async #prepareCommit(): Promise<void> {
    const { folder, onEvent } = this.#options;
    if (this.#isFirstSave) {
      // Curves of fewer epochs, or of a run that was in this folder before, would be taken for this run's.
      await fs.rm(join(folder, CURVES_FILE), { force: true });
      const isNew = this.#record === undefined;
      if (isNew && this.#log === undefined) await fs.rm(join(folder, LOGS_FOLDER), { recursive: true, force: true });
    }
    const message = await pointLatest(folder);
    if (message !== undefined && this.#isFirstSave) onEvent({ type: 'warning', message });
    this.#isFirstSave = false;
  }

  #describeResumption({ checkpoint: { progress, computer } }: ResumedRun): Resumption {
    const differences = compareComputers(computer, this.#computer);
    return { at: new Date().toISOString(), step: progress.step, differences };
  }

  #describe({ history }: TrainingProgress, status: RunRecord['status']): RunState {
    const { settings, data, backend, startedAt, description, trainer, film } = this.#options;
    const { name, version, threads } = backend;
    const check = data.check?.findings ?? this.#record?.check;
    return startRun({
      startedAt,
      status,
      classNames: data.classNames,
      preprocessing: data.preprocessing,
      options: recordOptions(settings),
      seed: settings.seed,
      counts: { train: data.train.files.length, validation: data.validation?.files.length ?? 0 },
      classCounts: countUsable(data),
      leftOut: nameLeftOut(data.root, data.leftOut),
      model: description,
      history,
      epochSeconds: [...this.#epochSeconds],
      badFiles: listBadFiles(data),
      ...(check && { check }),
      ...(film && { film: film.record }),
      backend: { name, version, threads },
      engine: trainer.engine,
      precision: trainer.precision,
      resumptions: this.#resumptions,
      versions: { ...readVersions(), tfjs: tf.version_core },
    });
  }
}
