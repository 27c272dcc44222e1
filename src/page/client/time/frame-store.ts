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
  readonly #onChange: () => void;
  readonly #frames = new Map<number, TimeFrame>();
  readonly #missing = new Set<number>();
  /** by image and layer */
  readonly #ranges = new Map<string, Ranges>();
  /** by image */
  readonly #limits = new Map<number, number>();
  #epochs: readonly number[] = [];
  #startedAt: string | undefined;
  #isLoading = false;

  /** @param onChange called when a frame has come, or could not be had */
  constructor(source: RunSource, onChange: () => void) {
    this.#source = source;
    this.#onChange = onChange;
  }

  /** Which are shown, rising. */
  get epochs(): readonly number[] {
    return this.#epochs;
  }

  get(epoch: number): TimeFrame | undefined {
    return this.#frames.get(epoch);
  }

  /** Whether a frame that is not here could not be had. */
  isMissing(epoch: number): boolean {
    return this.#missing.has(epoch);
  }

  /** The smallest and largest value of each channel over all frames that are here, by number. */
  rangesOf(image: number, layer: string): ReadonlyMap<number, readonly [number, number]> {
    return this.#ranges.get(`${image} ${layer}`) ?? new Map();
  }

  /** The strongest evidence for or against a class over all frames that are here. */
  limitOf(image: number): number {
    return this.#limits.get(image) ?? 0;
  }

  /** Those that a frame has a map of evidence for, rising. */
  classesOf(image: number): readonly number[] {
    const maps = [...this.#frames.values()].flatMap(({ images }) => images[image]?.evidence?.maps ?? []);
    return [...new Set(maps.map(({ classIndex }) => classIndex))].sort((a, b) => a - b);
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
      const frame = await this.#source.readFrame(epoch).catch(() => 'no server' as const);
      if (startedAt !== this.#startedAt) continue; // it may be of the run before
      // The others are not asked for either before the server is heard of again.
      if (frame === 'no server') for (const each of this.#epochs) this.#missing.add(each);
      else if (frame === undefined) this.#missing.add(epoch);
      else this.#keep(frame);
      this.#onChange();
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
  }
}
