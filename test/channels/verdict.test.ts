import { expect, test } from 'vitest';
import type { LayerMetrics } from '../../src/channels/report.js';
import { describeVerdict } from '../../src/channels/verdict.js';
import { type DrawnImage, metricsOf, tallyImages } from './channel-fixture.js';

const classes = [
  { className: 'cats', imageCount: 20 },
  { className: 'dogs', imageCount: 20 },
];

/** A layer of two channels: 0 is silent, 1 puts every dog above every cat but for so many. */
function layerOf(name: string, shape: number[], misplaced: number): LayerMetrics {
  const images = Array.from({ length: 40 }, (_, index): DrawnImage => {
    const isDog = index >= 20;
    const isHigh = index % 20 < misplaced ? !isDog : isDog;
    return { classIndex: isDog ? 1 : 0, channels: [[0], [(isHigh ? 100 : 1) + (index % 20) / 64]] };
  });
  return metricsOf(tallyImages(images, 2), true, { name, kind: 'Conv2D', shape, range: null });
}

test('the map that separates the classes best is named, not the score at the network’s end', () => {
  const layers = [
    layerOf('conv2d_1', [1, 1, 1, 2], 6),
    layerOf('conv2d_2', [1, 1, 1, 2], 3),
    layerOf('end', [1, 2], 0),
  ];
  const verdict = describeVerdict(layers, classes, 40);
  expect(verdict.at(-1)).toMatch(
    /^The most discriminative channel is conv2d_2 #1: it responds more to dogs \(AUC 0\.\d\d/,
  );
  expect(verdict.find((sentence) => sentence.includes('best channel'))).toMatch(
    /: rises through the convolutions \(conv2d_1 0\.\d\d, conv2d_2 0\.\d\d\), one jump at end \(1\.00\)\.$/,
  );
});

test('of units alone the best is named; if none separates the classes, that is said', () => {
  expect(describeVerdict([layerOf('dense_1', [1, 2], 0)], classes, 40).at(-1)).toContain(
    'The most discriminative unit is dense_1 #1: it responds more to dogs (AUC 1.00',
  );
  expect(describeVerdict([layerOf('conv2d_1', [1, 1, 1, 2], 10)], classes, 40).at(-1)).toContain(
    'it hardly separates the classes',
  );
});

test('silent channels are counted, and a layer that wastes many is named', () => {
  const [counts, wasteful] = describeVerdict([layerOf('conv2d_1', [1, 1, 1, 2], 0)], classes, 40);
  expect(counts).toBe('2 channels of 1 layer on 40 images: 1 dead, 0 nearly dead, 0 saturated, 0 pairs of duplicates.');
  expect(wasteful).toBe('Many dead channels (the layer could be narrower): conv2d_1, 1 of 2.');
});
