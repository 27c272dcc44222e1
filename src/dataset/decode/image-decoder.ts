import type { RgbPixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';
import type { ImageContent } from './read-image.js';

/** Decodes image files to a network's input. */
export interface ImageDecoder {
  /**
   * Any number of calls may be open; how many decode at once is bounded, first come, first served.
   *
   * @returns [height, width, 3], 0..255, which must not be written to
   * @throws CnnvizError BAD_IMAGE with the reason
   */
  decode(path: string, preprocessing: Preprocessing, watch?: DecodeWatch): Promise<Uint8Array>;
}

/** Listeners of those that want to see more of an image than the network's input. */
export interface DecodeWatch {
  /** gets the bytes as soon as the file is read, and must not keep them */
  onRead?: ((bytes: Uint8Array) => void) | undefined;
  /** gets a file that could be decoded */
  onDecoded?: ((file: ImageContent) => void) | undefined;
  /** sees the image at its own size: it is then decoded whole */
  look?: Look | undefined;
}

/** Sees an image while it is there at its own size. */
export type Look = (photograph: RgbPixels, file: ImageContent) => void;
