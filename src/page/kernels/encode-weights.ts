// Weights in few bytes: kernels as whole numbers with a factor for each filter, everything else as it is.

import { constants, deflateSync } from 'node:zlib';
import { limitOf } from './kernel-steps.js';

/** Weights as a layer has them; of an affine layer the scale alone, of others the kernel alone, both with or without a bias. */
export interface Weights {
  kernel?: { shape: readonly number[]; values: Float32Array };
  scale?: Float32Array;
  bias?: Float32Array;
}

/** The bytes of weights before they are compressed. */
export function encodedLength({ kernel, scale, bias }: Weights): number {
  const filters = kernel?.shape.at(-1) ?? 0;
  return 4 * (filters + (scale?.length ?? 0) + (bias?.length ?? 0)) + (kernel?.values.length ?? 0);
}

/**
 * Single-precision numbers, the low byte first: a factor for each of the kernel's filters, or the scale; then the bias. Then
 * the kernel, a byte each, its last axis the fastest. Compressed by zlib: weights do not repeat, but the small ones are more frequent.
 */
export function encodeWeights(weights: Weights): Uint8Array {
  const { kernel, scale = new Float32Array(), bias = new Float32Array() } = weights;
  const { factors, steps } = kernel === undefined ? { factors: scale, steps: new Int8Array() } : quantize(kernel);
  const bytes = new Uint8Array(encodedLength(weights));
  const view = new DataView(bytes.buffer);
  [...factors, ...bias].forEach((value, index) => {
    view.setFloat32(4 * index, value, true);
  });
  bytes.set(new Uint8Array(steps.buffer), 4 * (factors.length + bias.length));
  return deflateSync(bytes, { strategy: constants.Z_HUFFMAN_ONLY });
}

/**
 * Rounds each kernel so that its sum stays nearly what it was: what is rounded off one weight is added to the next one of the
 * same filter and input channel. Neighbors in a map are alike, so that a sum of products is off by less than if each weight were
 * rounded by itself.
 */
function quantize({ shape, values }: NonNullable<Weights['kernel']>): { factors: Float32Array; steps: Int8Array } {
  const filters = shape.at(-1) as number;
  const limit = limitOf(shape);
  const factors = new Float32Array(filters);
  values.forEach((value, index) => {
    const size = Number.isFinite(value) ? Math.abs(value) : 0;
    factors[index % filters] = Math.max(factors[index % filters] as number, size / limit);
  });
  const steps = new Int8Array(values.length);
  // The weights of one filter and input channel stand this far apart; a dense layer's are all of the first axis.
  const stride = shape.length === 4 ? filters * (shape[2] as number) : values.length;
  const carried = new Float64Array(stride);
  values.forEach((value, index) => {
    const factor = factors[index % filters] as number;
    if (factor === 0 || !Number.isFinite(value)) return;
    const exact = value / factor + (carried[index % stride] as number);
    const step = Math.max(-limit, Math.min(limit, Math.round(exact)));
    steps[index] = step;
    carried[index % stride] = exact - step;
  });
  return { factors, steps };
}
