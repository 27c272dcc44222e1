import type { CnnvizError } from '../../base/errors.js';
import type { BatchSource } from './batch-source.js';
import type { ImageSource } from './image-source.js';

/** Numbers in place of the pixels of an image source: what a network made of each image, computed once for the whole training. */
export class FeatureSource implements BatchSource {
  readonly files;
  readonly preprocessing;
  readonly onBadImage;
  readonly hashes = undefined;
  readonly imageBytes: number;
  readonly #images: ImageSource;
  readonly #bytes: Uint8Array;

  /** @param features [files, width]; what stands there for bad files is never used */
  constructor(images: ImageSource, features: Float32Array) {
    this.files = images.files;
    this.preprocessing = images.preprocessing;
    this.onBadImage = images.onBadImage;
    this.imageBytes = features.byteLength / images.files.length;
    this.#images = images;
    this.#bytes = new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
  }

  get badFiles() {
    return this.#images.badFiles;
  }

  async load(index: number): Promise<Uint8Array | CnnvizError> {
    const bytes = this.#bytes.subarray(index * this.imageBytes, (index + 1) * this.imageBytes);
    return this.#images.failureOf(index) ?? bytes;
  }

  toInput(bytes: Uint8Array): Float32Array {
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  }
}
