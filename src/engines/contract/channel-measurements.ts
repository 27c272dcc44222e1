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

/** What measuring a batch should not take much more memory than. */
const bytesAtMost = 1e9;

/**
 * How many images to measure at once: maps and their distances from the mean, and all that is multiplied of them, in
 * TensorFlow and beyond it. Deep networks of many channels have as much for a single image as a small one for fifty.
 */
export function imagesAtOnce(layers: readonly { readonly shape: readonly number[] }[], batchSize: number): number {
  const numbers = layers.map(({ shape }) => {
    const channels = shape.at(-1) as number;
    const values = shape.reduce((product, size) => product * size, 1);
    return 2 * values + (values > channels && channels <= comparedAtMost ? 4 * channels ** 2 : 0);
  });
  const bytes = numbers.reduce((sum, count) => sum + count * Float32Array.BYTES_PER_ELEMENT, 0);
  return Math.max(1, Math.min(batchSize, Math.floor(bytesAtMost / bytes)));
}
