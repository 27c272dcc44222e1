import type { tf } from '../tensors.js';

type Pool2DInfo = ReturnType<typeof tf.backend_util.computePool2DInfo>;

/**
 * Visits the window of every pooled pixel, in the order in which they lie in memory.
 *
 * @param visit gets where the window's pixels begin in the input (the first `count` entries of `pixels`, row by row,
 *   those in the padding left out; the array is reused) and where the pooled pixel begins in the output
 */
export function eachWindow(info: Pool2DInfo, visit: (pixels: Int32Array, count: number, out: number) => void): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const pixels = new Int32Array(info.filterHeight * info.filterWidth);
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
            pixels[count++] = ((image * inHeight + row) * inWidth + column) * inChannels;
          }
        }
        visit(pixels, count, out);
        out += inChannels;
      }
    }
  }
}
