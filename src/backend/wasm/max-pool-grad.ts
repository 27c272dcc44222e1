import { tf } from '../tfjs/tensors.js';
import { allocate, viewFloats } from './heap.js';
import { eachWindow } from './windows.js';

/** The gradient of max pooling: it goes to the first of the largest pixels of each window, as on the cpu backend. */
export const maxPoolGrad: tf.KernelConfig = {
  kernelName: tf.MaxPoolGrad,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, input } = inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
    const shape = input.shape as [number, number, number, number];
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const output = allocate(backend, shape);
    const [x, gradient, dx] = viewFloats(backend, input, dy, output) as [Float32Array, Float32Array, Float32Array];
    dx.fill(0);
    eachWindow(info, (pixels, count, out) => {
      for (let channel = 0; channel < info.inChannels; channel++) {
        const at = count === 4 ? largestOfFour(x, pixels, channel) : largestOf(x, pixels, count, channel);
        if (at >= 0) dx[at] = (dx[at] as number) + (gradient[out + channel] as number);
      }
    });
    return output;
  },
};

/** Where the largest value lies, -1 where there is none (all NaN). */
function largestOf(x: Float32Array, pixels: Int32Array, count: number, channel: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  let at = -1;
  for (let index = 0; index < count; index++) {
    const candidate = (pixels[index] as number) + channel;
    const value = x[candidate] as number;
    if (value > largest) {
      largest = value;
      at = candidate;
    }
  }
  return at;
}

/** The same for windows of four pixels, by far the most frequent. Without branches, as which pixel it is cannot be predicted. */
function largestOfFour(x: Float32Array, pixels: Int32Array, channel: number): number {
  const upper = largerOf(x, (pixels[0] as number) + channel, (pixels[1] as number) + channel);
  const lower = largerOf(x, (pixels[2] as number) + channel, (pixels[3] as number) + channel);
  const largest = largerOf(x, upper, lower);
  // NaN hides what it was compared with.
  const isNumber = (x[upper] as number) + (x[lower] as number) > Number.NEGATIVE_INFINITY;
  return isNumber ? largest : largestOf(x, pixels, 4, channel);
}

/** The second only if it is larger. */
function largerOf(x: Float32Array, first: number, second: number): number {
  return first + (second - first) * Number((x[second] as number) > (x[first] as number));
}
