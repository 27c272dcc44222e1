// The frames of a run's film as pages get them.

import { join } from 'node:path';
import { readFrame } from '../film/film-folder.js';
import { encodeTimeFrame } from '../page/time/encode-frame.js';
import type { RunRecord } from '../runs/run.js';

/** Bytes of frames that are kept: every page asks for all of them. */
const keptAtMost = 64e6;

/** Reads each frame once, however many pages ask for it. */
export class FrameReader {
  readonly #folder: string;
  readonly #kept = new Map<string, Promise<string | undefined>>();
  #keptBytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The frame after an epoch as JSON; undefined where there is none. @throws CnnvizError NOT_READABLE, BAD_MODEL */
  async read(epoch: number, record: RunRecord | undefined): Promise<string | undefined> {
    if (record?.film === undefined || epoch > record.weights.last.epoch) return undefined;
    const key = `${record.startedAt} ${record.film.folder} ${epoch}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const reading = this.#encode(join(this.#folder, record.film.folder), epoch);
    this.#kept.set(key, reading);
    const text = await reading.catch((error: unknown) => {
      this.#kept.delete(key);
      throw error;
    });
    if (text === undefined) this.#kept.delete(key);
    else this.#keep(text.length);
    return text;
  }

  async #encode(film: string, epoch: number): Promise<string | undefined> {
    const frame = await readFrame(film, epoch);
    return frame && JSON.stringify(await encodeTimeFrame(frame));
  }

  /** All go once they are too many: those that are asked for come back. */
  #keep(bytes: number): void {
    this.#keptBytes += bytes;
    if (this.#keptBytes <= keptAtMost) return;
    this.#kept.clear();
    this.#keptBytes = 0;
  }
}
