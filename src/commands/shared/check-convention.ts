// Whether pixels reach a network as they did in its training, by what its first batch normalization remembers.
//
// Without one nothing is known. Large first activations do not show it: of small networks trained under each of the conventions, a
// quarter to two fifths of them are 6 or more under raw and caffe, also where these are right, and hardly any under the others.

import { CONVENTIONS, type Convention, scalingOf } from '../../dataset/decode/conventions.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { Engine } from '../../engines/contract/engine.js';
import type { FirstNormalization } from '../../network/first-normalization.js';

/** A network's own variances and those seen differ by this at most under the right convention, and by `wrong` under others. */
const limits = { right: 0.35, wrong: 0.5 };

const imagesAtMost = 8;

/** Added to variances of channels that hardly vary: Keras's epsilon. */
const epsilon = 1e-3;

/** How far each convention is from what the network was trained on, the nearest first. */
export type Distances = readonly { convention: Convention; distance: number }[];

/**
 * The variance that the first batch normalization sees, over the first images, beside the one that it remembers of training: the
 * median over channels of |ln(seen / remembered)|, under each convention.
 *
 * @param preprocessing all but the convention
 */
export async function measureConventions(
  network: Engine,
  { layer, variance }: FirstNormalization,
  images: readonly string[],
  preprocessing: Preprocessing,
): Promise<Distances> {
  const decoded: Uint8Array[] = [];
  for (const image of images.slice(0, imagesAtMost)) {
    // One that cannot be decoded is reported where it is used.
    const pixels = await decodeImage(image, preprocessing).catch(() => undefined);
    if (pixels !== undefined) decoded.push(pixels);
  }
  if (decoded.length === 0) return [];
  const pixels = new Uint8Array(Buffer.concat(decoded));
  const distances: { convention: Convention; distance: number }[] = [];
  const { normalization: _, ...unscaled } = preprocessing;
  for (const convention of CONVENTIONS) {
    const input = toImageFloats(pixels, { ...unscaled, ...scalingOf(convention) });
    const [output] = await network.run(input, decoded.length, [layer]);
    if (output !== undefined) distances.push({ convention, distance: measureDistance(output.values, variance) });
  }
  return distances.sort((a, b) => a.distance - b.distance);
}

/** @param values [..., channels] */
function measureDistance(values: Float32Array, variance: Float32Array): number {
  const channelCount = variance.length;
  const seen = measureVariances(values, channelCount);
  const logs = Array.from(variance, (remembered, channel) =>
    Math.abs(Math.log(((seen[channel] as number) + epsilon) / (remembered + epsilon))),
  ).sort((a, b) => a - b);
  return logs[Math.floor((channelCount - 1) / 2)] as number;
}

function measureVariances(values: Float32Array, channelCount: number): Float64Array {
  const count = values.length / channelCount;
  const [sums, squares] = [new Float64Array(channelCount), new Float64Array(channelCount)];
  for (let at = 0; at < values.length; at++) {
    const [channel, value] = [at % channelCount, values[at] as number];
    sums[channel] = (sums[channel] as number) + value;
    squares[channel] = (squares[channel] as number) + value * value;
  }
  return sums.map((sum, channel) => Math.max(0, (squares[channel] as number) / count - (sum / count) ** 2));
}

/** The convention that is clearly nearer than all others; undefined where nothing can be said. */
export function nearestConvention([first, second]: Distances): Convention | undefined {
  if (first === undefined || second === undefined) return undefined;
  return first.distance < limits.right && second.distance >= 2 * first.distance ? first.convention : undefined;
}

/** A convention that fits better than the one in use, where that one does not fit; undefined where nothing can be said. */
export function betterConvention(distances: Distances, used: Convention): Convention | undefined {
  const own = distances.find(({ convention }) => convention === used);
  const [best] = distances;
  if (own === undefined || best === undefined || own.distance <= limits.wrong) return undefined;
  return best.distance < limits.right ? best.convention : undefined;
}
