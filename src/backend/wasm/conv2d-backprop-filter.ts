import { tf } from '../tensors.js';
import { allocate, viewFloats } from './heap.js';

type Conv2DInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * The gradient of a convolution with respect to its filter, which tfjs-backend-wasm 4.22 lacks.
 * It is itself a convolution: of x (its channels as images, its batch as channels) with dy as the filter, dilated by the
 * forward strides; its few output pixels are the filter's. The kernel computes several pixels of one image at a time,
 * so all images stand below one another in one tall image, where the stride steps from one to the next.
 */
export const conv2DBackpropFilter: tf.KernelConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    const { filterHeight, filterWidth, inChannels, outChannels, outHeight, strideWidth, padInfo } = info;
    return tf.tidy(() => {
      const images = stackShiftedRows(backend, tf.transpose(x, [3, 1, 2, 0]), info);
      const filter = tf.transpose(dy, [1, 2, 0, 3]); // [outHeight, outWidth, batch, outChannels]
      const attributes = {
        strides: [outHeight, 1],
        pad: [
          [0, 0],
          [0, 0],
          [padInfo.left, padInfo.right],
          [0, 0],
        ],
        dataFormat: 'NHWC',
        dilations: [1, strideWidth],
      };
      // Not tf.conv2d, which refuses strides together with dilations.
      const rows = tf.engine().runKernel(tf.Conv2D, { x: images, filter }, attributes) as tf.Tensor4D;
      // Strides that do not divide the input leave columns that no output saw.
      const seen = tf.slice(rows, [0, 0, 0, 0], [1, filterHeight * inChannels, filterWidth, outChannels]);
      return tf.transpose(tf.reshape(seen, [filterHeight, inChannels, filterWidth, outChannels]), [0, 2, 1, 3]);
    });
  },
};

/**
 * For each row of the filter and each channel, the rows of x that it meets, zeros where those lie in the padding:
 * [1, filterHeight * inChannels * outHeight, width, batch].
 *
 * @param x [inChannels, height, width, batch]
 */
function stackShiftedRows(backend: unknown, x: tf.Tensor4D, info: Conv2DInfo): tf.Tensor4D {
  const { filterHeight, inChannels, inHeight, inWidth, outHeight, strideHeight, batchSize, padInfo } = info;
  const stacked = allocate(backend, [1, filterHeight * inChannels * outHeight, inWidth, batchSize]);
  const [source, target] = viewFloats(backend, x, stacked) as [Float32Array, Float32Array];
  const rowSize = inWidth * batchSize;
  let at = 0;
  for (let shift = -padInfo.top; shift < filterHeight - padInfo.top; shift++) {
    for (let channel = 0; channel < inChannels; channel++) {
      for (let row = shift; row < shift + outHeight * strideHeight; row += strideHeight) {
        const start = (channel * inHeight + row) * rowSize;
        if (row >= 0 && row < inHeight) target.set(source.subarray(start, start + rowSize), at);
        else target.fill(0, at, at + rowSize);
        at += rowSize;
      }
    }
  }
  return tf.engine().makeTensorFromTensorInfo(stacked) as tf.Tensor4D;
}
