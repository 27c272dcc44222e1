// Visits the windows of a pooling or a convolution.

import type { tf } from '../tfjs/tensors.js';

type WindowInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * Visits the window of every output pixel of a pooling or a convolution, in the order in which they lie in memory.
 *
 * @param visit gets where the window's pixels begin in the input (the first `count` entries of `pixels`, row by row,
 *   those in the padding left out), where the output pixel begins in the output, and which place of the filter lies on
 *   each pixel (0 = top left, row by row). The arrays are reused.
 */
export function eachWindow(
  info: WindowInfo,
  visit: (pixels: Int32Array, count: number, out: number, places: Int32Array) => void,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const pixels = new Int32Array(info.filterHeight * info.filterWidth);
  const places = new Int32Array(pixels.length);
  let out = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const top = outRow * info.strideHeight - padInfo.top;
      const rowEnd = Math.min(top + info.filterHeight, inHeight);
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const left = outColumn * info.strideWidth - padInfo.left;
        const columnEnd = Math.min(left + info.filterWidth, inWidth);
        let count = 0;
        for (let row = Math.max(top, 0); row < rowEnd; row++) {
          for (let column = Math.max(left, 0); column < columnEnd; column++) {
            places[count] = (row - top) * info.filterWidth + column - left;
            pixels[count++] = ((image * inHeight + row) * inWidth + column) * inChannels;
          }
        }
        visit(pixels, count, out, places);
        out += info.outChannels;
      }
    }
  }
}
