import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import type { ChannelReport, LayerMetrics } from '../../src/channels/report.js';
import { drawDepth, drawDiscriminative } from '../../src/output/channel-files.js';
import { metricsOf, relu, tallyImages } from '../channels/channel-fixture.js';
import { decodePng } from '../helpers/decode-png.js';
import { expectGolden } from '../helpers/golden.js';

// Channel 0 answers to dogs, 1 to cats, 2 to both.
const images = [1, 2, 3, 4, 5, 6].map((value, index) => ({
  classIndex: Math.floor(index / 3),
  channels: [value, 8 - value, 3.5 + (index % 2)].map((level) => [level, 0, 0, level]),
}));
const tally = tallyImages(images, 2);
const layer: LayerMetrics = { ...metricsOf(tally), shape: [1, 2, 2, 3] };
const report = {
  classes: [
    { className: 'cats', imageCount: 3 },
    { className: 'dogs', imageCount: 3 },
  ],
} as ChannelReport;

const source = { words: ['run8, epoch 8', '6 train images of cats_dogs'], texts: { Network: 'run8' } };

test('each discriminative channel stands beside its image, with a bar for how well it separates its class', async () => {
  const maps = [0, 1, 2].map((channel) => ({
    channel,
    photograph: createRaster(3, 3, [40 * channel, 120, 200]),
    plane: { width: 2, height: 2, values: Float32Array.of(0, channel + 1, 2, channel === 2 ? 0 : 3) },
  }));
  const { name, content } = drawDiscriminative({ report, layer, tally, position: 4, maps, source });
  expect(name).toBe('04-conv-discriminative.png');
  expectGolden('discriminative-channels', decodePng(await content));
});

test('without classes there are no bars, and the captions say how much the channels fire', async () => {
  const all = tallyImages(
    images.map((image) => ({ ...image, classIndex: 0 })),
    0,
  );
  const plane = { width: 2, height: 2, values: new Float32Array(4) };
  const photograph = createRaster(3, 3, [120, 120, 120]);
  const { content } = drawDiscriminative({
    report: { classes: [] },
    layer: metricsOf(all, false),
    tally: all,
    position: 1,
    maps: [{ channel: 0, photograph, plane }],
    source,
  });
  expectGolden('discriminative-without-classes', decodePng(await content));
});

test('the chart shows sparsity and separation of each layer', async () => {
  const sparser = {
    ...layer,
    name: 'deep',
    sparsity: 0.8,
    silentFraction: 0.4,
    separation: { best: 0.9, median: 0.6 },
  };
  const bounded = { ...layer, name: 'sigmoid', range: [0, 1] as [number, number] };
  const pooling = {
    ...layer,
    name: 'pool',
    kind: 'MaxPooling2D',
    sparsity: 0.2,
    separation: { best: 0.85, median: 0.7 },
  };
  const shallow = { ...layer, ...relu, separation: { best: 0.7, median: 0.55 } };
  const { content } = await drawDepth({ ...report, layers: [shallow, pooling, sparser, bounded] }, source);
  expectGolden('depth', decodePng(await content), 4);
});
