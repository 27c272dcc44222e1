// Batches, decoded ahead of the one asked for.

import { requireInteger } from '../../base/arguments.js';
import { badArgument, CnnvizError } from '../../base/errors.js';
import type { LabeledFile } from '../folder/image-folder.js';
import type { BadFile, Batch, StreamPosition } from './batch.js';
import type { BatchSource } from './batch-source.js';
import { orderOfPass } from './pass-order.js';

/** Batches that are decoded ahead of the one asked for. */
const BATCHES_AHEAD = 2;

export interface BatchOptions {
  /** the last batch of a pass is shorter where the count does not divide */
  batchSize: number;
  /** uint32: every pass in an order of its own; absent: the files' order */
  shuffleSeed?: number;
  /** where to begin; default the beginning of pass 0 */
  start?: StreamPosition;
  /** the pass to stop before; default never */
  endPass?: number;
  /** which part of every batch is given, where several workers share them; default: all of it */
  share?: BatchShare | undefined;
}

/** Consecutive examples of a batch, as equal in number as can be: those of worker `index` of `size`. */
export interface BatchShare {
  index: number;
  size: number;
}

/** The images of one batch while they are being decoded. */
interface PlannedBatch extends StreamPosition {
  fileIndexes: Uint32Array;
  images: Promise<(Uint8Array | CnnvizError)[]>;
}

/**
 * Batches of an image source, pass after pass, decoded ahead while the caller computes. Which images a batch holds is a
 * pure function of (seed, pass, offset).
 */
export class BatchStream implements AsyncIterableIterator<Batch, undefined, Uint8Array | undefined> {
  readonly source: BatchSource;
  readonly batchesPerPass: number;
  readonly #options: Required<Omit<BatchOptions, 'shuffleSeed' | 'start' | 'share'>> &
    Pick<BatchOptions, 'share'> & { shuffleSeed: number | undefined };
  readonly #planned: PlannedBatch[] = [];
  /** where the next batch to plan begins */
  #planPosition: StreamPosition;
  #position: StreamPosition;
  #order: { pass: number; indexes: Uint32Array } | undefined;
  #closed = false;
  #waitedMs = 0;

  /** @throws CnnvizError BAD_ARGUMENT, BAD_DATASET for no files */
  constructor(source: BatchSource, options: BatchOptions) {
    const {
      batchSize,
      shuffleSeed,
      endPass = Number.POSITIVE_INFINITY,
      start = { pass: 0, offset: 0 },
      share,
    } = options;
    const count = source.files.length;
    if (count === 0) throw new CnnvizError('BAD_DATASET', 'no images to make batches of');
    requireInteger('batchSize', batchSize, 1);
    if (!(start.pass >= 0 && start.offset >= 0 && start.offset < count)) {
      throw badArgument('start', `a pass from 0 and an offset from 0 to ${count - 1}`, JSON.stringify(start));
    }
    this.source = source;
    this.batchesPerPass = Math.ceil(count / batchSize);
    this.#options = { batchSize, shuffleSeed, endPass, share };
    this.#planPosition = start;
    this.#position = start;
  }

  /** What the pixels of a whole batch take: the memory that may be lent to `next()`. */
  get batchBytes(): number {
    return Math.min(this.#options.batchSize, this.source.files.length) * this.source.imageBytes;
  }

  /** Where the batch begins that `next()` will give: opened there, another stream gives the same batches. */
  get position(): StreamPosition {
    return this.#position;
  }

  /** Milliseconds that callers of `next()` have waited so far. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * The next batch; its memory is the caller's. Calls must not overlap.
   *
   * @param out `batchBytes` of memory for the pixels; lending the same each time saves its allocation (0.6 ms for 1.35 MB)
   * @throws CnnvizError BAD_IMAGE where bad images are to fail; BAD_DATASET when not one file can be used
   */
  async next(out?: Uint8Array): Promise<IteratorResult<Batch, undefined>> {
    const startedAt = performance.now();
    this.#planAhead();
    const planned = this.#planned.shift();
    if (planned === undefined) return { done: true, value: undefined };
    try {
      const batch = this.#assemble(planned, await planned.images, out);
      this.source.hashes?.use(planned.fileIndexes);
      this.#position = this.#following(planned);
      return { done: false, value: batch };
    } catch (error) {
      await this.return();
      throw error;
    } finally {
      this.#waitedMs += performance.now() - startedAt;
    }
  }

  /** Ends the stream: nothing more is decoded ahead. */
  async return(): Promise<IteratorResult<Batch, undefined>> {
    this.#closed = true;
    this.#planned.length = 0;
    return { done: true, value: undefined };
  }

  #planAhead(): void {
    while (!this.#closed && this.#planned.length <= BATCHES_AHEAD && this.#planPosition.pass < this.#options.endPass) {
      const { pass, offset } = this.#planPosition;
      const fileIndexes = takeShare(
        this.#orderOf(pass).subarray(offset, offset + this.#options.batchSize),
        this.#options,
      );
      const images = Promise.all(Array.from(fileIndexes, (index) => this.source.load(index)));
      images.catch(() => {}); // reported when the batch is asked for, which may never happen
      this.#planned.push({ pass, offset, fileIndexes, images });
      this.#planPosition = this.#following(this.#planPosition);
    }
  }

  #orderOf(pass: number): Uint32Array {
    if (this.#order?.pass !== pass) {
      this.#order = { pass, indexes: orderOfPass(this.source.files.length, pass, this.#options.shuffleSeed) };
    }
    return this.#order.indexes;
  }

  #following({ pass, offset }: StreamPosition): StreamPosition {
    const next = offset + this.#options.batchSize;
    return next < this.source.files.length ? { pass, offset: next } : { pass: pass + 1, offset: 0 };
  }

  /** Leaves the holes out. */
  #assemble(planned: PlannedBatch, images: (Uint8Array | CnnvizError)[], out?: Uint8Array): Batch {
    const { source } = this;
    const failed = images.find((image) => image instanceof CnnvizError);
    if (failed !== undefined && source.onBadImage === 'fail') throw failed;
    if (failed !== undefined && source.badFiles.length === source.files.length) {
      throw noneUsable(source.badFiles);
    }
    const places = images.flatMap((image, place) => (image instanceof CnnvizError ? [] : [place]));
    const byteCount = places.length * source.imageBytes;
    const pixels = out === undefined ? new Uint8Array(byteCount) : out.subarray(0, byteCount);
    const fileIndexes = Int32Array.from(places, (place) => planned.fileIndexes[place] as number);
    places.forEach((place, at) => {
      pixels.set(images[place] as Uint8Array, at * source.imageBytes);
    });
    return {
      size: places.length,
      pixels,
      classIndexes: fileIndexes.map((index) => (source.files[index] as LabeledFile).classIndex),
      fileIndexes,
      pass: planned.pass,
    };
  }
}

function takeShare(batch: Uint32Array, { share }: Pick<BatchOptions, 'share'>): Uint32Array {
  if (share === undefined) return batch;
  const start = (worker: number) => Math.floor((worker * batch.length) / share.size);
  return batch.subarray(start(share.index), start(share.index + 1));
}

/** The error where not one of several images can be used. */
export function noneUsable({ length: count, 0: first }: readonly BadFile[]): CnnvizError {
  const message = `none of the ${count} images can be used; first: ${first?.path}: ${first?.reason}`;
  return new CnnvizError('BAD_DATASET', message);
}
