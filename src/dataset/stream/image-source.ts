import { CnnvizError } from '../../base/errors.js';
import { decodeWatched } from '../decode/decode.js';
import { reasonOf } from '../decode/image-bytes.js';
import type { ImageDecoder, Look } from '../decode/image-decoder.js';
import type { Preprocessing } from '../decode/preprocessing.js';
import type { ImageContent } from '../decode/read-image.js';
import type { LabeledFile } from '../folder/image-folder.js';
import type { BadFile } from './batch.js';
import type { BatchSource, OnBadImage } from './batch-source.js';
import { type CacheBudget, createCacheBudget } from './cache-budget.js';
import { ContentHashes } from './content-hashes.js';
import { type ImageInput, toImageInput } from './image-input.js';
import { PixelCache } from './pixel-cache.js';

export interface ImageSourceOptions {
  preprocessing: Preprocessing;
  /** one budget can serve several sources; default: a quarter of the machine's memory */
  cacheBudget?: CacheBudget;
  /** default skip */
  onBadImage?: OnBadImage;
  /** remember what the files hold, of the bytes that are decoded anyway; default false */
  hashesContent?: boolean;
  /** gets each file when it is decoded */
  onDecoded?: ((index: number, file: ImageContent) => void) | undefined;
  /** gives what sees an image when it is decoded, at its own size, which takes longer; undefined where nobody wants to */
  look?: ((index: number) => Look | undefined) | undefined;
}

/**
 * The pixels of one split's files. Each file is decoded once and then kept, as far as the budget goes; a file that cannot be
 * used is tried once. It outlives the batch streams opened on it.
 */
export class ImageSource implements BatchSource {
  readonly files: readonly LabeledFile[];
  readonly preprocessing: Preprocessing;
  readonly onBadImage: OnBadImage;
  /** of the files read so far, where they are to be remembered */
  readonly hashes: ContentHashes | undefined;
  /** another one gives the same pixels */
  decoder: ImageDecoder = { decode: decodeWatched };
  readonly #watch: Pick<ImageSourceOptions, 'onDecoded' | 'look'>;
  readonly #cache: PixelCache;
  readonly #failures = new Map<number, CnnvizError>();
  readonly #decoding = new Map<number, Promise<Uint8Array | CnnvizError>>();

  constructor(files: readonly LabeledFile[], options: ImageSourceOptions) {
    this.files = files;
    this.preprocessing = options.preprocessing;
    this.onBadImage = options.onBadImage ?? 'skip';
    this.#watch = options;
    this.hashes = options.hashesContent ? new ContentHashes(files.length) : undefined;
    this.#cache = new PixelCache(files.length, this.imageBytes, options.cacheBudget ?? createCacheBudget());
  }

  /** height x width x 3 */
  get imageBytes(): number {
    return this.preprocessing.height * this.preprocessing.width * 3;
  }

  /** How many files were found unusable so far. */
  get badCount(): number {
    return this.#failures.size;
  }

  /** The files found unusable so far, in the order of `files`. */
  get badFiles(): BadFile[] {
    return [...this.#failures].sort(([a], [b]) => a - b).map(([index, error]) => this.#describe(index, error));
  }

  /** Takes files for unusable, by path, that an earlier part of the same run has found so: they are not tried again. */
  recallBadFiles(badFiles: readonly BadFile[]): void {
    const indexes = new Map(this.files.map(({ path }, index) => [path, index]));
    for (const { path, reason } of badFiles) {
      const index = indexes.get(path);
      if (index !== undefined) this.#failures.set(index, new CnnvizError('BAD_IMAGE', `${path}: ${reason}`));
    }
  }

  /**
   * The pixels of one file, [height, width, 3], or why there are none. The pixels must not be written to.
   *
   * @param index in `files`
   */
  async load(index: number): Promise<Uint8Array | CnnvizError> {
    const known = this.#cache.get(index) ?? this.#failures.get(index) ?? this.#decoding.get(index);
    if (known !== undefined) return known;
    const decoding = this.#decode(index).finally(() => this.#decoding.delete(index));
    this.#decoding.set(index, decoding);
    return decoding;
  }

  /** Why a file cannot be used, if that was found out. */
  failureOf(index: number): CnnvizError | undefined {
    return this.#failures.get(index);
  }

  toInput(pixels: Uint8Array): ImageInput {
    return toImageInput(pixels, this.preprocessing);
  }

  async #decode(index: number): Promise<Uint8Array | CnnvizError> {
    const { path } = this.files[index] as LabeledFile;
    const { onDecoded, look } = this.#watch;
    try {
      const pixels = await this.decoder.decode(path, this.preprocessing, {
        onRead: (bytes) => this.hashes?.note(index, bytes),
        onDecoded: onDecoded && ((file) => onDecoded(index, file)),
        look: look?.(index),
      });
      this.#cache.put(index, pixels);
      return pixels;
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE') throw error;
      this.#failures.set(index, error);
      return error;
    }
  }

  #describe(index: number, error: CnnvizError): BadFile {
    const { path } = this.files[index] as LabeledFile;
    return { path, reason: reasonOf(error, path) };
  }
}
