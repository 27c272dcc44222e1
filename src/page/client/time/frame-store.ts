// The frames that the page has, and the range of each channel over all of them.

import { thinEpochs } from '../../time/thin-epochs.js';
import type { RunState, TimeFrame } from '../../time/time-data.js';
import type { RunSource } from './run-source.js';

/** Of a long training every nth epoch is shown. */
const framesAtMost = 240;

/** Those of a run that are shown. @param frames epochs of which there is one, rising */
export function chooseEpochs(frames: readonly number[]): readonly number[] {
  const last = frames.at(-1);
  const shown = frames.length > framesAtMost && last !== undefined ? thinEpochs(last, framesAtMost) : frames;
  return shown.filter((epoch) => frames.includes(epoch));
}

type Ranges = Map<number, [number, number]>;

/** Loads frames one after the other, the newest first. Another run in the same folder begins it again. */
export class FrameStore {
  readonly #source: RunSource;
  readonly #onFrame: (frame: TimeFrame) => void;
  readonly #frames = new Map<number, TimeFrame>();
  readonly #missing = new Set<number>();
  /** by image and layer */
  readonly #ranges = new Map<string, Ranges>();
  /** by image */
  readonly #limits = new Map<number, number>();
  #epochs: readonly number[] = [];
  #startedAt: string | undefined;
  #isLoading = false;

  constructor(source: RunSource, onFrame: (frame: TimeFrame) => void) {
    this.#source = source;
    this.#onFrame = onFrame;
  }

  /** Which are shown, rising. */
  get epochs(): readonly number[] {
    return this.#epochs;
  }

  get(epoch: number): TimeFrame | undefined {
    return this.#frames.get(epoch);
  }

  /** The smallest and largest value of each channel over all frames that are here, by number. */
  rangesOf(image: number, layer: string): ReadonlyMap<number, readonly [number, number]> {
    return this.#ranges.get(`${image} ${layer}`) ?? new Map();
  }

  /** The strongest evidence for or against a class over all frames that are here. */
  limitOf(image: number): number {
    return this.#limits.get(image) ?? 0;
  }

  follow({ frames, startedAt }: RunState): void {
    if (startedAt !== this.#startedAt) {
      this.#frames.clear();
      this.#ranges.clear();
      this.#limits.clear();
    }
    this.#startedAt = startedAt;
    this.#epochs = chooseEpochs(frames);
    this.#missing.clear();
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      await this.#loadMissing();
    } finally {
      this.#isLoading = false;
    }
  }

  async #loadMissing(): Promise<void> {
    for (let epoch = this.#next(); epoch !== undefined; epoch = this.#next()) {
      const startedAt = this.#startedAt;
      const frame = await this.#source.readFrame(epoch);
      if (startedAt !== this.#startedAt) continue; // it may be of the run before
      if (frame === undefined) this.#missing.add(epoch);
      else this.#keep(frame);
    }
  }

  #next(): number | undefined {
    return this.#epochs.findLast((epoch) => !this.#frames.has(epoch) && !this.#missing.has(epoch));
  }

  #keep(frame: TimeFrame): void {
    this.#frames.set(frame.epoch, frame);
    frame.images.forEach(({ layers, evidence }, image) => {
      const values = (evidence?.maps ?? []).flatMap((map) => map.values).map((value) => Math.abs(value ?? 0));
      this.#limits.set(image, Math.max(this.limitOf(image), ...values));
      for (const { name, channels, ranges } of layers) {
        const key = `${image} ${name}`;
        const all = this.#ranges.get(key) ?? new Map<number, [number, number]>();
        channels.forEach((channel, place) => {
          const [min, max] = ranges[place] as readonly [number, number];
          const [low, high] = all.get(channel) ?? [min, max];
          all.set(channel, [Math.min(low, min), Math.max(high, max)]);
        });
        this.#ranges.set(key, all);
      }
    });
    this.#onFrame(frame);
  }
}
