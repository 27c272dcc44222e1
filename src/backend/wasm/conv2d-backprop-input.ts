// The input gradient as a forward convolution.

import { tf } from '../tfjs/tensors.js';

/**
 * The gradient of a convolution with respect to its input, as a forward convolution of the padded dy with the turned
 * filter: the stock kernel is a plain loop, the forward one is XNNPACK's. Strides dilate dy first.
 */
export function asForwardConvolution(stock: tf.KernelConfig): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc: (call) => {
      const { dy, filter } = call.inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
      const { strides, pad, dataFormat, dimRoundingMode, inputShape } =
        call.attrs as unknown as tf.Conv2DBackpropInputAttrs;
      if (dataFormat === 'NCHW') return stock.kernelFunc(call);
      const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, dimRoundingMode);
      const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
      const top = filterHeight - 1 - padInfo.top;
      const left = filterWidth - 1 - padInfo.left;
      const bottom = info.inHeight - 1 - (info.outHeight - 1) * strideHeight + padInfo.top;
      const right = info.inWidth - 1 - (info.outWidth - 1) * strideWidth + padInfo.left;
      if (Math.min(top, left, bottom, right) < 0) return stock.kernelFunc(call);
      return tf.tidy(() => {
        const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
        return tf.conv2d(dilate(dy, strideHeight, strideWidth), turned, 1, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]);
      });
    },
  };
}

/** Puts `stride - 1` zeros between neighbors. */
function dilate(image: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return image;
  const [batch, height, width, channels] = image.shape;
  const spread = tf.pad(tf.reshape(image, [batch, height, 1, width, 1, channels]), [
    [0, 0],
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(spread, [batch, height * strideHeight, width * strideWidth, channels]) as tf.Tensor4D;
  return tf.slice(
    whole,
    [0, 0, 0, 0],
    [batch, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels],
  );
}
