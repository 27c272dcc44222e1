import { tf } from '../tfjs/tensors.js';
import { allocate, viewFloats } from './heap.js';

type Conv2DInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** Products that one convolution adds up: a panel of that many rows of the packed filter stays in the cache. */
const CHUNK = 10_000;

/**
 * The gradient of a convolution with respect to its filter, which tfjs-backend-wasm 4.22 lacks.
 * It is itself a convolution: of x (its channels as images, its batch as channels) with dy as the filter, dilated by the
 * forward strides; its few output pixels are the filter's. It is taken over some rows of dy at a time and added up.
 */
export const conv2DBackpropFilter: tf.KernelConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    const { filterHeight, filterWidth, inChannels, outChannels, outHeight, outWidth, batchSize } = info;
    const rowsAtOnce = Math.max(1, Math.floor(CHUNK / (outWidth * batchSize)));
    return tf.tidy(() => {
      const images = tf.transpose(x, [3, 1, 2, 0]); // [inChannels, height, width, batch]
      const filter = tf.transpose(dy, [1, 2, 0, 3]); // [outHeight, outWidth, batch, outChannels]
      const parts: tf.Tensor4D[] = [];
      for (let first = 0; first < outHeight; first += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, outHeight - first);
        parts.push(tf.tidy(() => correlateRows(backend, images, filter, info, first, count)));
      }
      // Strides that do not divide the input leave columns that no output saw.
      const seen = tf.slice(tf.addN(parts), [0, 0, 0, 0], [1, filterHeight * inChannels, filterWidth, outChannels]);
      return tf.transpose(tf.reshape(seen, [filterHeight, inChannels, filterWidth, outChannels]), [0, 2, 1, 3]);
    });
  },
};

/**
 * What `count` rows of dy from `first` on add to the gradient: [1, filterHeight * inChannels, ..., outChannels]. The
 * kernel computes several pixels of one image at a time and a filter has few, so all images stand below one another in
 * one tall image, and the stride steps from each to the next.
 */
function correlateRows(
  backend: unknown,
  images: tf.Tensor4D,
  filter: tf.Tensor4D,
  info: Conv2DInfo,
  first: number,
  count: number,
): tf.Tensor4D {
  const attributes = {
    strides: [count, 1],
    pad: [
      [0, 0],
      [0, 0],
      [info.padInfo.left, info.padInfo.right],
      [0, 0],
    ],
    dataFormat: 'NHWC',
    dilations: [1, info.strideWidth],
  };
  const stacked = stackShiftedRows(backend, images, info, first, count);
  const rows = tf.slice(filter, [first, 0, 0, 0], [count, -1, -1, -1]);
  // Not tf.conv2d, which refuses strides together with dilations.
  return tf.engine().runKernel(tf.Conv2D, { x: stacked, filter: rows }, attributes) as tf.Tensor4D;
}

/**
 * For each row of the filter and each channel, the rows of x that it meets, zeros where those lie in the padding:
 * [1, filterHeight * inChannels * count, width, batch].
 */
function stackShiftedRows(
  backend: unknown,
  images: tf.Tensor4D,
  info: Conv2DInfo,
  first: number,
  count: number,
): tf.Tensor4D {
  const { filterHeight, inChannels, inHeight, inWidth, strideHeight, batchSize } = info;
  const stacked = allocate(backend, [1, filterHeight * inChannels * count, inWidth, batchSize]);
  const [source, target] = viewFloats(backend, images, stacked) as [Float32Array, Float32Array];
  const rowSize = inWidth * batchSize;
  const top = first * strideHeight - info.padInfo.top;
  let at = 0;
  for (let shift = top; shift < top + filterHeight; shift++) {
    for (let channel = 0; channel < inChannels; channel++) {
      for (let row = shift; row < shift + count * strideHeight; row += strideHeight) {
        const start = (channel * inHeight + row) * rowSize;
        if (row >= 0 && row < inHeight) target.set(source.subarray(start, start + rowSize), at);
        else target.fill(0, at, at + rowSize);
        at += rowSize;
      }
    }
  }
  return tf.engine().makeTensorFromTensorInfo(stacked) as tf.Tensor4D;
}
