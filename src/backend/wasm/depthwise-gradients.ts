// Both depthwise gradients that the backend lacks.

import { tf } from '../tfjs/tensors.js';
import { allocate, viewFloats } from './heap.js';
import { eachWindow } from './windows.js';

type Shape4D = [number, number, number, number];

/** The gradient of a depthwise convolution with respect to its input, which tfjs-backend-wasm 4.22 lacks. */
export const depthwiseBackpropInput: tf.KernelConfig = {
  kernelName: tf.DepthwiseConv2dNativeBackpropInput,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
    const { inputShape } = attrs as unknown as tf.DepthwiseConv2dNativeBackpropInputAttrs;
    const info = describeDepthwise(attrs, inputShape, filter.shape as Shape4D);
    const output = allocate(backend, inputShape);
    const [gradient, weights, dx] = viewFloats(backend, dy, filter, output) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const readFrom = listInputChannels(info.outChannels, info.inChannels);
    dx.fill(0);
    eachWindow(info, (pixels, count, out, places) => {
      for (let index = 0; index < count; index++) {
        const pixel = pixels[index] as number;
        const weight = (places[index] as number) * info.outChannels;
        for (let channel = 0; channel < info.outChannels; channel++) {
          const at = pixel + (readFrom[channel] as number);
          dx[at] = (dx[at] as number) + (gradient[out + channel] as number) * (weights[weight + channel] as number);
        }
      }
    });
    return output;
  },
};

/** The gradient of a depthwise convolution with respect to its filter, which tfjs-backend-wasm 4.22 lacks. */
export const depthwiseBackpropFilter: tf.KernelConfig = {
  kernelName: tf.DepthwiseConv2dNativeBackpropFilter,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
    const { filterShape } = attrs as unknown as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
    const info = describeDepthwise(attrs, x.shape as Shape4D, filterShape);
    const output = allocate(backend, filterShape);
    const [values, gradient, target] = viewFloats(backend, x, dy, output) as [Float32Array, Float32Array, Float32Array];
    const readFrom = listInputChannels(info.outChannels, info.inChannels);
    const sums = new Float64Array(target.length);
    eachWindow(info, (pixels, count, out, places) => {
      for (let index = 0; index < count; index++) {
        const pixel = pixels[index] as number;
        const weight = (places[index] as number) * info.outChannels;
        for (let channel = 0; channel < info.outChannels; channel++) {
          const value = values[pixel + (readFrom[channel] as number)] as number;
          sums[weight + channel] = (sums[weight + channel] as number) + value * (gradient[out + channel] as number);
        }
      }
    });
    target.set(sums);
    return output;
  },
};

function describeDepthwise(attrs: unknown, inputShape: Shape4D, filterShape: Shape4D) {
  const { strides, pad, dimRoundingMode } = attrs as tf.DepthwiseConv2dNativeBackpropInputAttrs;
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, true);
}

/** The input channel that each output channel is computed from. */
function listInputChannels(outChannels: number, inChannels: number): Int32Array {
  const multiplier = outChannels / inChannels;
  return Int32Array.from({ length: outChannels }, (_, channel) => Math.trunc(channel / multiplier));
}
