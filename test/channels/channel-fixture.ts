import { type DescribedLayer, measureLayer } from '../../src/channels/measure-channels.js';
import type { LayerMetrics } from '../../src/channels/report.js';
import { addImage, type BatchMeasurements, createTally, type LayerTally } from '../../src/channels/tally.js';

/** An image as its channels' values: [channels][positions]. */
export interface DrawnImage {
  classIndex: number;
  channels: number[][];
}

/** What a meter gives of images, worked out in plain double arithmetic. */
function measureImages(images: readonly DrawnImage[], range?: readonly [number, number]): BatchMeasurements {
  const all = images.flatMap(({ channels }) => channels);
  const mean = (values: number[]) => Math.fround(values.reduce((sum, value) => sum + value, 0) / values.length);
  const count = (test: (value: number) => boolean) => Float32Array.from(all, (values) => values.filter(test).length);
  const distances = (values: number[]) => {
    const middle = mean(values);
    return values.map((value) => value - middle);
  };
  const product = (a: number[], b: number[]) =>
    distances(a).reduce((sum, d, at) => sum + d * (distances(b)[at] ?? 0), 0);
  return {
    means: Float32Array.from(all, mean),
    minima: Float32Array.from(all, (values) => Math.min(...values)),
    maxima: Float32Array.from(all, (values) => Math.max(...values)),
    firingCounts: count((value) => value > 0),
    saturatedCounts: range ? count((value) => value < range[0] || value > range[1]) : null,
    squares: Float32Array.from(all, (values) => product(values, values)),
    products: Float32Array.from(
      images.flatMap(({ channels }) => channels.flatMap((a) => channels.map((b) => product(a, b)))),
    ),
  };
}

/** One pass over images, or over those that a shard takes. */
export function tallyImages(
  images: readonly DrawnImage[],
  classCount: number,
  takes: (fileIndex: number) => boolean = () => true,
  range?: readonly [number, number],
): LayerTally {
  const [first] = images as [DrawnImage];
  const tally = createTally([first.channels[0]?.length ?? 0, first.channels.length], classCount, true);
  const measured = measureImages(images, range);
  images.forEach(({ classIndex }, index) => {
    if (takes(index)) addImage(tally, measured, index, classIndex, index);
  });
  return tally;
}

export const relu: DescribedLayer = { name: 'conv', kind: 'Conv2D', shape: [1, 2, 2, 1], range: null };

export function metricsOf(tally: LayerTally, hasClasses = true, layer = relu): LayerMetrics {
  return measureLayer(layer, tally, hasClasses, (fileIndex) => `image-${fileIndex}`);
}
