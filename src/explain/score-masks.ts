// The scores of an image under masks, many at once.

import type { PerturbedImage } from './cam.js';

/** Pixels of all masks of a call: 32 of 150 x 150. Larger batches are no faster, and a deep network needs the memory. */
const pixelsAtOnce = 32 * 150 * 150;

/**
 * Scores masks, batch by batch.
 *
 * @param draw draws the mask of a number into zeros, [height, width]: 1 keeps a pixel
 * @param take takes the network's scores of the image under it
 */
export async function scoreMasks(
  { network, input, fill, advance }: PerturbedImage,
  count: number,
  draw: (mask: Float32Array, number: number) => void,
  take: (scores: Float32Array, mask: Float32Array, number: number) => void,
): Promise<void> {
  const [height = 1, width = 1] = network.inputShape;
  const pixels = height * width;
  const atOnce = Math.max(1, Math.floor(pixelsAtOnce / Math.max(pixels, pixelsAtOnce / 32)));
  for (let start = 0; start < count; start += atOnce) {
    const size = Math.min(atOnce, count - start);
    const masks = new Float32Array(size * pixels);
    const maskOf = (each: number) => masks.subarray(each * pixels, (each + 1) * pixels);
    for (let each = 0; each < size; each++) draw(maskOf(each), start + each);
    const scores = await network.computeMaskedScores(input, { masks, fill });
    for (let each = 0; each < size; each++) {
      const own = scores.subarray(each * network.scoreCount, (each + 1) * network.scoreCount);
      take(own, maskOf(each), start + each);
    }
    await advance(size);
  }
}
