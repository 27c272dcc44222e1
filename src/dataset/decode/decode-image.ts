// An image file to the network's input.

import { decodeWatched } from './decode.js';
import type { Preprocessing } from './preprocessing.js';

/**
 * Decodes an image to the network's input: for JPEG the same bytes as Keras's `load_img(path, target_size)`.
 * Any number of calls may be open; how many decode at once is bounded, first come, first served.
 *
 * @returns [height, width, 3], 0..255, of its own memory
 * @throws CnnvizError BAD_IMAGE with the reason
 *
 * @example
 * ```ts
 * import { decodeImage, loadNetwork } from 'cnnviz';
 *
 * const { preprocessing } = await loadNetwork();
 * const pixels = await decodeImage('cat.jpg', preprocessing);
 * ```
 */
export async function decodeImage(path: string, preprocessing: Preprocessing): Promise<Uint8Array> {
  return decodeWatched(path, preprocessing);
}
