import { decodeWatched } from './decode.js';
import type { DecodeWatch, ImageDecoder } from './image-decoder.js';
import { type PickedJpeg, pickJpeg } from './pick-jpeg.js';
import type { Preprocessing } from './preprocessing.js';

/**
 * Decodes many JPEGs in one call, to the same bytes as sharp.
 *
 * @returns of each [rows, columns, 3]
 * @throws Error if one of them cannot be decoded, or only in part
 */
export type DecodeJpegs = (jpegs: readonly PickedJpeg[]) => Uint8Array[];

/** A JPEG in the queue, and who waits for its pixels: undefined if they cannot be had here. */
interface Waiting {
  jpeg: PickedJpeg;
  resolve: (pixels: Uint8Array | undefined) => void;
}

/**
 * Decodes those JPEGs together that are asked for at the same time, and everything else as `decodeWatched` does, file by file: other
 * formats, damaged files, and what is not decoded to the same bytes. Whatever decodes a file, its pixels are the same, and so is why
 * there are none.
 */
export class JpegBatches implements ImageDecoder {
  readonly #decodeJpegs: DecodeJpegs;
  #waiting: Waiting[] = [];

  constructor(decodeJpegs: DecodeJpegs) {
    this.#decodeJpegs = decodeJpegs;
  }

  decode(path: string, preprocessing: Preprocessing, watch?: DecodeWatch): Promise<Uint8Array> {
    return decodeWatched(path, preprocessing, watch, async (file) => {
      const jpeg = pickJpeg(file, preprocessing);
      return jpeg && this.#enqueue(jpeg);
    });
  }

  #enqueue(jpeg: PickedJpeg): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#decodeWaiting());
      this.#waiting.push({ jpeg, resolve });
    });
  }

  #decodeWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const pixels = this.#decodeSound(waiting.map(({ jpeg }) => jpeg));
    for (const [place, { resolve }] of waiting.entries()) resolve(pixels[place]);
  }

  /** Halves what fails, until the file that is to blame is alone. */
  #decodeSound(jpegs: readonly PickedJpeg[]): (Uint8Array | undefined)[] {
    try {
      return this.#decodeJpegs(jpegs);
    } catch {
      if (jpegs.length === 1) return [undefined];
      const half = Math.ceil(jpegs.length / 2);
      return [jpegs.slice(0, half), jpegs.slice(half)].flatMap((part) => this.#decodeSound(part));
    }
  }
}
