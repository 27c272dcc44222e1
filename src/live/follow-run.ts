// Follows a run by its folder: a training knows nothing of who watches it, and may have ended long ago.

import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeFilm } from '../page/live/film-page.js';
import { describeRun, drawProbePictures, hasReport, readProbe, unsavedState } from '../page/time/read-run-state.js';
import type { ProbePicture, RunState } from '../page/time/time-data.js';
import { RUN_FILE, type RunRecord, readRun } from '../runs/run.js';
import { isTrained } from '../runs/run-lock.js';
import type { FilmedRun } from './frame-reader.js';

/** Where nothing reports changes, such as on NFS, and for the end of a process, which changes no file. */
const pollMs = 1000;

/** A run's state, now and whenever it changes. */
export class RunFollower {
  readonly #folder: string;
  /** gets every state after the first */
  onChange: (state: RunState) => void = () => undefined;
  #state = unsavedState('waiting');
  #record: RunRecord | undefined;
  /** of the run.json that the record is from */
  #stamp = '';
  /** of the film of that name in the run that began then */
  #probe: { film: string; reading: Promise<Probe> } | undefined;
  #filmed: FilmedRun | undefined;
  /** the process that trained has said so: its lock is still there */
  #hasEnded = false;
  #watcher: FSWatcher | undefined;
  readonly #timer: NodeJS.Timeout;
  #reading: Promise<void> | undefined;
  #isStale = false;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#timer = setInterval(() => void this.#look(), pollMs);
    try {
      this.#watcher = watch(folder, () => void this.#look());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {} // no more watchers, or not on this file system
  }

  static async begin(folder: string): Promise<RunFollower> {
    const follower = new RunFollower(folder);
    await follower.#look();
    return follower;
  }

  get state(): RunState {
    return this.#state;
  }

  /** As last read; undefined before the first save. */
  get record(): RunRecord | undefined {
    return this.#record;
  }

  /** The run with what is known of its film; undefined where there is none, or none yet. */
  get filmed(): FilmedRun | undefined {
    return this.#filmed;
  }

  /** Reads the last state of a training that is over, although its process still has the folder. */
  async conclude(): Promise<void> {
    this.#hasEnded = true;
    await this.#look();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watcher?.close();
  }

  /** One at a time; what changes meanwhile is read afterwards. */
  async #look(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#readWhileStale().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #readWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const state = await this.#read().catch(() => undefined); // half of it is copied, say: the next look may have more luck
      if (state === undefined || JSON.stringify(state) === JSON.stringify(this.#state)) continue;
      this.#state = state;
      this.onChange(state);
    }
  }

  async #read(): Promise<RunState> {
    const folder = this.#folder;
    // First: whose lock is gone has saved before.
    const isHeld = !this.#hasEnded && (await isTrained(folder));
    const record = await this.#readRecord();
    if (record === undefined) return unsavedState(isHeld ? 'waiting' : 'gone');
    const { pictures, film } = await this.#readProbe(record);
    this.#filmed = film && { record, film };
    const state = describeRun(record, pictures);
    return { ...state, status: chooseStatus(record.status, isHeld), hasReport: await hasReport(folder) };
  }

  async #readRecord(): Promise<RunRecord | undefined> {
    const status = await stat(join(this.#folder, RUN_FILE)).catch(() => undefined);
    if (status === undefined) return undefined;
    const stamp = `${status.ino} ${status.mtimeMs} ${status.size}`;
    if (stamp !== this.#stamp) {
      this.#record = await readRun(this.#folder);
      this.#stamp = stamp;
    }
    return this.#record;
  }

  #readProbe(record: RunRecord): Promise<Probe> {
    const film = `${record.film?.folder} ${record.startedAt}`;
    if (this.#probe?.film !== film) {
      const reading = openProbe(this.#folder, record).catch((): Probe => {
        this.#probe = undefined; // the next look may have more luck
        return { pictures: [], film: undefined }; // curves need none
      });
      this.#probe = { film, reading };
    }
    return this.#probe.reading;
  }
}

/** What stays the same over the epochs of a film. */
interface Probe {
  pictures: ProbePicture[];
  film: FilmedRun['film'] | undefined;
}

async function openProbe(folder: string, record: RunRecord): Promise<Probe> {
  const probe = await readProbe(folder, record);
  return { pictures: await drawProbePictures(probe), film: probe && (await describeFilm(probe, record)) };
}

/** A run is saved as running; one that was interrupted may go on. */
function chooseStatus(saved: RunRecord['status'], isHeld: boolean): RunState['status'] {
  if (saved === 'running') return isHeld ? 'running' : 'gone';
  return saved === 'interrupted' && isHeld ? 'running' : saved;
}
