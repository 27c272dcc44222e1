// Fixes `same` convolutions whose stride exceeds the filter.

import { tf } from '../tfjs/tensors.js';

/**
 * tfjs-backend-wasm 4.22 leaves `same` padding to XNNPACK, which reads outside the image and answers zeros where the
 * stride exceeds the filter (the usual 1x1 convolution with stride 2 of a residual block). The same padding in
 * numbers goes another way there and comes out right.
 */
export function withExplicitPadding(stock: tf.KernelConfig): tf.KernelConfig {
  const depthwise = stock.kernelName === tf.DepthwiseConv2dNative || stock.kernelName === tf.FusedDepthwiseConv2D;
  return {
    ...stock,
    kernelFunc: (call) => {
      const attrs = call.attrs as unknown as tf.FusedConv2DAttrs;
      if (attrs.pad !== 'same') return stock.kernelFunc(call);
      const { padInfo } = tf.backend_util.computeConv2DInfo(
        call.inputs.x?.shape as [number, number, number, number],
        call.inputs.filter?.shape as [number, number, number, number],
        attrs.strides,
        attrs.dilations ?? 1, // layers pass null
        attrs.pad,
        attrs.dimRoundingMode,
        depthwise,
      );
      const pad = [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ];
      return stock.kernelFunc({ ...call, attrs: { ...call.attrs, pad } as unknown as tf.NamedAttrMap });
    },
  };
}
