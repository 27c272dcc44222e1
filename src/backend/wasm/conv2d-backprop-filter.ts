import { tf } from '../tensors.js';

/**
 * The gradient of a convolution with respect to its filter, which tfjs-backend-wasm 4.22 lacks.
 * It is itself a convolution: of x (its channels as the batch, its batch as the channels) with dy as a filter that is
 * dilated by the forward strides.
 */
export const conv2DBackpropFilter: tf.KernelConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
    const { top, bottom, left, right } = info.padInfo;
    const [filterHeight, filterWidth, inChannels, outChannels] = filterShape;
    return tf.tidy(() => {
      // [inChannels, height, width, batch]
      const images = tf.pad(tf.transpose(x, [3, 1, 2, 0]), [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      // [outHeight, outWidth, batch, outChannels]
      const filter = tf.transpose(dy, [1, 2, 0, 3]);
      const gradient = tf.conv2d(images, filter, 1, 'valid', 'NHWC', [info.strideHeight, info.strideWidth]);
      // Strides that do not divide the input leave rows and columns that no output saw.
      const seen = tf.slice(gradient, [0, 0, 0, 0], [inChannels, filterHeight, filterWidth, outChannels]);
      return tf.transpose(seen, [1, 2, 0, 3]);
    });
  },
};
