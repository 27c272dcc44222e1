// The input of a network, as the layer before its first one.

import { cutIntoPlanes } from '../../activations/capture.js';
import { measurePlanes } from '../../base/plane.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { ChannelSummary, LayerSummary } from '../../page/summary.js';

/** The image as the network gets it. The range of a channel is that of a byte: each of its 256 steps is one. */
export function summarizeInput(
  input: Float32Array,
  about: { name: string; inputShape: readonly number[]; preprocessing: Preprocessing },
): LayerSummary {
  const { name, inputShape, preprocessing } = about;
  const { planes } = cutIntoPlanes({ name, shape: [1, ...inputShape], values: input });
  const darkest = toImageFloats(new Uint8Array(3), preprocessing);
  const brightest = toImageFloats(new Uint8Array(3).fill(255), preprocessing);
  const channels = planes.map((plane, number): ChannelSummary => {
    const range = { min: darkest[number] as number, max: brightest[number] as number };
    return { plane, statistics: { ...measurePlanes([plane]), ...range }, firingFraction: 1 };
  });
  return { name, caption: '', channels, overall: measurePlanes(planes) };
}
