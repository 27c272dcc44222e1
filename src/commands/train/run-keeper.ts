// What keeps a training's state: the folder of its run, and what several workers do in addition.

import { resolve } from 'node:path';
import type { Cluster } from '../../cluster/cluster.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { ImageSource } from '../../dataset/stream/image-source.js';
import type { Trainer } from '../../engines/contract/trainer.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import { nameIn } from '../shared/name-in.js';
import { requireSameState } from './agreement.js';
import { recallHashes } from './data-state.js';
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

/** What one worker sends to the others of its files. */
interface KnownFiles {
  bad: BadFile[];
  /** what they hold, of each split, in base64; empty where nothing is new */
  hashes: string[];
}

/** Of one of several workers: they compare their states, and worker 0 saves what all of them found. */
export class SharedKeeper implements RunKeeper {
  readonly isChecked = true;
  readonly #cluster: Cluster;
  readonly #trainer: Trainer;
  readonly #data: TrainingData;
  readonly #writer: RunKeeper | undefined;
  /** of each split: files of which this worker knew what they hold when it last sent that */
  #sentCounts: (number | undefined)[] = [];

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
    const { root } = this.#data;
    const all = (await this.#cluster.gather(JSON.stringify(this.#describeFiles()))).map(
      (text) => JSON.parse(text) as KnownFiles,
    );
    const found = all.flatMap(({ bad }) => bad).map(({ path, reason }) => ({ path: resolve(root, path), reason }));
    this.#sources.forEach((source, split) => {
      source?.recallBadFiles(found);
      for (const { hashes } of all) recallHashes(source, Buffer.from(hashes[split] ?? '', 'base64'));
      this.#sentCounts[split] = source?.hashes?.knownCount;
    });
  }

  get #sources(): (ImageSource | undefined)[] {
    return [this.#data.train, this.#data.validation];
  }

  /** Hashes only where there are new ones: after each of these calls every worker has those of all. */
  #describeFiles(): KnownFiles {
    const bad = listBadFiles(this.#data).map(({ path, reason }) => ({ path: nameIn(this.#data.root, path), reason }));
    const hashes = this.#sources.map((source, split) => {
      const isNew = source?.hashes !== undefined && source.hashes.knownCount !== (this.#sentCounts[split] ?? 0);
      return isNew ? Buffer.from(source.hashes.bytes).toString('base64') : '';
    });
    return { bad, hashes };
  }
}
