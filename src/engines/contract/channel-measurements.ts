export type ValueRange = [low: number, high: number];

/**
 * What the channels of one layer did on each image of a batch. Nothing is summed over images: whoever adds them up decides
 * how exactly, and no image's numbers depend on which others were in its batch.
 */
export interface ChannelMeasurements {
  name: string;
  /** [size, channels] */
  means: Float32Array;
  minima: Float32Array;
  maxima: Float32Array;
  /** how many values are above 0; exact to 2^24 */
  firingCounts: Float32Array;
  /** how many values lie within 1 % of the ends of the layer's range; null where it has none */
  saturatedCounts: Float32Array | null;
  /** squares of the values' distances from the image's own mean, summed */
  squares: Float32Array;
  /**
   * `[size, channels, channels]`: products of the distances of two channels' values from their own means on the image, summed
   * over all positions. Null where a channel has one value, so that all are 0, and for more than `comparedAtMost` channels.
   */
  products: Float32Array | null;
}

/** More channels than these are not compared with each other: that would take memory by their square. */
export const comparedAtMost = 2048;

/** How near the end of a range a value is saturated, as a part of the range. */
const saturationMargin = 0.01;

/** Below the first and above the second of these a value is saturated. */
export function saturationLimits([low, high]: ValueRange): [number, number] {
  const margin = saturationMargin * (high - low);
  return [low + margin, high - margin];
}

/** The diagonals of some square matrices: [size, channels, channels] to [size, channels]. */
export function diagonals(products: Float32Array, channels: number): Float32Array {
  const size = products.length / channels ** 2;
  return Float32Array.from({ length: size * channels }, (_, at) => {
    const channel = at % channels;
    return products[at * channels + channel] as number;
  });
}

/** What measuring a batch should not take much more memory than, and what one call should not of a single image. */
const bytesAtMost = 5e8;
const bytesPerCall = 128e6;

type Shaped = { readonly shape: readonly number[] };

/** Maps and their distances from the mean, and all that is multiplied of them, in TensorFlow and beyond it, for one image. */
function bytesOf({ shape }: Shaped): number {
  const channels = shape.at(-1) as number;
  const values = shape.reduce((product, size) => product * size, 1);
  const products = values > channels && channels <= comparedAtMost ? channels ** 2 : 0;
  return (2 * values + 4 * products) * Float32Array.BYTES_PER_ELEMENT;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** How many images to measure at once: deep networks of many channels have as much for one as a small one for fifty. */
export function imagesAtOnce(layers: readonly Shaped[], batchSize: number): number {
  return Math.max(1, Math.min(batchSize, Math.floor(bytesAtMost / sum(layers.map(bytesOf)))));
}

/** The layers in parts that are measured call by call, so that no call gives too much; a small network's all at once. */
export function layersAtOnce<Layer extends Shaped>(layers: readonly Layer[]): Layer[][] {
  const parts: Layer[][] = [];
  for (const layer of layers) {
    const last = parts.at(-1);
    if (last !== undefined && sum([...last, layer].map(bytesOf)) <= bytesPerCall) last.push(layer);
    else parts.push([layer]);
  }
  return parts;
}
