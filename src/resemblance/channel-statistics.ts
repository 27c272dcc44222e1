// An image in numbers that do not say where anything is: how much of each feature it has, and how unevenly.

import type { LayerOutput, NetworkLayer } from '../engines/contract/engine.js';

/** What is added before taking logarithms: a channel that never fires is little, and not infinitely little. */
const LEAST = 0.01;

/** More numbers than these would make a covariance of more than 32 MB. */
const statisticsAtMost = 2048;

/** The layers to measure, or why there are none. */
export interface MeasuredLayers {
  layerNames: string[];
  /** numbers of an image: two a channel */
  size: number;
  /** layers that would be measured but for their channels */
  leftOut: string[];
}

type Layer = Pick<NetworkLayer, 'name' | 'kind' | 'shape'>;

/**
 * Every pooling of a network; of one with fewer than two of them the last map of each height and width. From the first on, as
 * long as the numbers stay few enough.
 */
export function chooseMeasured(layers: readonly Layer[]): MeasuredLayers {
  const maps = layers.filter(({ shape }) => shape.length === 3);
  const poolings = maps.filter(({ kind }) => /^(Max|Average)Pooling2D$/.test(kind));
  const lastOfSize = new Map(maps.map((layer) => [layer.shape.slice(0, 2).join(), layer]));
  const wanted = poolings.length > 1 ? poolings : maps.filter((layer) => [...lastOfSize.values()].includes(layer));
  const chosen: MeasuredLayers = { layerNames: [], size: 0, leftOut: [] };
  for (const { name, shape } of wanted) {
    const size = chosen.size + 2 * (shape[2] as number);
    if (size > statisticsAtMost) chosen.leftOut.push(name);
    else {
      chosen.layerNames.push(name);
      chosen.size = size;
    }
  }
  return chosen;
}

/**
 * log(mean + .01) and log(deviation + .01) of each channel of some layers, image by image. The mean is that of the sizes of
 * the values, so that it is not below 0 without relu; with relu it is the mean.
 *
 * @param outputs each [images, height, width, channels]
 */
export function measureChannels(outputs: readonly LayerOutput[], imageCount: number): Float64Array[] {
  const size = outputs.reduce((sum, { shape }) => sum + 2 * (shape.at(-1) as number), 0);
  return Array.from({ length: imageCount }, (_, image) => {
    const row = new Float64Array(size);
    let start = 0;
    for (const { shape, values } of outputs) {
      const channels = shape.at(-1) as number;
      const length = values.length / imageCount;
      measureMaps(values.subarray(image * length, (image + 1) * length), row.subarray(start, start + 2 * channels));
      start += 2 * channels;
    }
    return row;
  });
}

/** @param values [positions, channels] @param row gets the means of all channels, then the deviations */
function measureMaps(values: Float32Array, row: Float64Array): void {
  const channels = row.length / 2;
  const positions = values.length / channels;
  const [sums, sizes, squares] = [0, 1, 2].map(() => new Float64Array(channels)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let at = 0, position = 0; position < positions; position++) {
    for (let channel = 0; channel < channels; channel++, at++) {
      const value = values[at] as number;
      sums[channel] = (sums[channel] as number) + value;
      sizes[channel] = (sizes[channel] as number) + Math.abs(value);
      squares[channel] = (squares[channel] as number) + value * value;
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    const mean = (sums[channel] as number) / positions;
    const variance = Math.max(0, (squares[channel] as number) / positions - mean ** 2);
    row[channel] = Math.log((sizes[channel] as number) / positions + LEAST);
    row[channels + channel] = Math.log(Math.sqrt(variance) + LEAST);
  }
}
