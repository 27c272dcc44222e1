// Reads the weights of one layer.

import type { ComputationData } from '../../kernels/data.js';
import { decodeBase64, inflate } from '../bytes.js';
import type { Weights } from './convolution.js';

/** @param text base64 of what encode-weights.ts packs */
export async function decodeWeights(
  text: string,
  { kernel: kernelShape = [], hasBias = false, channels }: ComputationData,
): Promise<Weights> {
  const { buffer } = await inflate(decodeBase64(text));
  const view = new DataView(buffer);
  const factorCount = kernelShape.at(-1) ?? channels;
  const count = factorCount + (hasBias ? channels : 0);
  const floats = Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index, true));
  const steps = new Int8Array(buffer, 4 * count);
  return {
    kernelShape,
    kernel: (index) => (steps[index] as number) * (floats[index % factorCount] as number),
    scale: (channel) => floats[channel] as number,
    bias: (channel) => (hasBias ? floats[factorCount + channel] : undefined),
  };
}
