// What keeps a training's state: the folder of its run, and what several workers do in addition.

import { resolve } from 'node:path';
import type { Cluster } from '../../cluster/cluster.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { Trainer } from '../../engines/contract/trainer.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import { nameIn } from '../shared/name-in.js';
import { requireSameState } from './agreement.js';
import { listBadFiles } from './train-data.js';
import type { TrainingData } from './training-data.js';

/** Where the training loop's observer has its state saved. */
export interface RunKeeper {
  /** Whether a process before this one has checked the images and saved what it found. */
  readonly isChecked: boolean;
  /** @returns whether the epoch is the best so far */
  saveEpoch(progress: TrainingProgress, durationMs: number, isLast: boolean): Promise<boolean>;
  /** Saves what was learned since the last epoch ended. */
  saveInterrupted(progress: TrainingProgress): Promise<void>;
}

/** Of one of several workers: they compare their states, and worker 0 saves what all of them found. */
export class SharedKeeper implements RunKeeper {
  readonly isChecked = true;
  readonly #cluster: Cluster;
  readonly #trainer: Trainer;
  readonly #data: TrainingData;
  readonly #writer: RunKeeper | undefined;

  /** @param writer of worker 0 */
  constructor(cluster: Cluster, trainer: Trainer, data: TrainingData, writer: RunKeeper | undefined) {
    this.#cluster = cluster;
    this.#trainer = trainer;
    this.#data = data;
    this.#writer = writer;
  }

  async saveEpoch(progress: TrainingProgress, durationMs: number, isLast: boolean): Promise<boolean> {
    await this.#compare(progress);
    return (await this.#writer?.saveEpoch(progress, durationMs, isLast)) ?? false;
  }

  async saveInterrupted(progress: TrainingProgress): Promise<void> {
    await this.#compare(progress);
    await this.#writer?.saveInterrupted(progress);
  }

  async #compare({ step }: TrainingProgress): Promise<void> {
    await requireSameState(this.#cluster, await this.#trainer.readState(), step);
    const { root, train, validation } = this.#data;
    const own = listBadFiles(this.#data).map(({ path, reason }) => ({ path: nameIn(root, path), reason }));
    const all = (await this.#cluster.gather(JSON.stringify(own))).flatMap((text) => JSON.parse(text) as BadFile[]);
    const found = all.map(({ path, reason }) => ({ path: resolve(root, path), reason }));
    for (const source of [train, validation]) source?.recallBadFiles(found);
  }
}
