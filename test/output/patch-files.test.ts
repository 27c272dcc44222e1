import { expect, test } from 'vitest';
import { createRaster, fillRectangle, type Raster } from '../../src/base/raster.js';
import { divideIntoSheets, drawPatches } from '../../src/output/patch-files.js';
import type { ChannelPatches, LayerPatches } from '../../src/patches/report.js';
import { decodePng } from '../helpers/decode-png.js';
import { expectGolden } from '../helpers/golden.js';
import { readPngText } from '../helpers/png-text.js';

/** A drawn patch: a stripe on a ground; of the third of each channel a quarter lies outside of the image. */
function drawPatch(index: number, channel: number): Raster {
  const [width, height] = index % 2 === 0 ? [72, 54] : [48, 72];
  const raster = createRaster(width, height, [250 - 40 * channel, 240, 200]);
  fillRectangle(raster, 8 * index, 0, 12, height, [30, 60 + 50 * channel, 90]);
  if (index !== 2) return raster;
  for (let pixel = 0; pixel < width * height; pixel++) if (pixel % width < width / 4) raster.data[pixel * 4 + 3] = 0;
  return raster;
}

function describeChannel(channel: number, count: number, tells: number | null): ChannelPatches {
  const patches = Array.from({ length: count }, (_, index) => ({
    ...{ path: `cats/${index}.png`, className: index % 3 === 0 ? 'dogs' : 'cats', value: 2.5 / (index + 1) },
    ...{
      cell: { row: 0, column: index },
      seen: { left: 0, top: 0, width: 3, height: 3 },
      image: null,
      tile: null,
    },
  }));
  const imageCounts = { firingImageCount: count, highestImageCount: 1, nonFiniteImageCount: 0 };
  return { channel, tells, auc: tells === null ? null : 0.75 - channel / 20, ...imageCounts, sheet: null, patches };
}

const source = { words: ['run8, epoch 8', '6 train images of cats_dogs'], texts: { Network: 'run8' } };
const classes = ['cats', 'dogs'].map((className) => ({ className, imageCount: 3 }));

function draw(channels: ChannelPatches[], { withClasses = true, part = { number: 1, count: 1 } } = {}) {
  const layer: LayerPatches = {
    ...{ name: 'conv2d_2', kind: 'Conv2D', shape: [1, 8, 8, 4], field: { height: 8, width: 8 } },
    ...{ sheets: [], channels },
  };
  const report = {
    classes: withClasses ? classes : [],
    count: 4,
    input: { height: 48, width: 64, interpolation: 'nearest' as const },
  };
  const shown = channels.map((channel) => ({
    channel,
    pictures: channel.patches.map((_, index) => drawPatch(index, channel.channel)),
  }));
  return drawPatches({ report, layer, position: 3, part, channels: shown, source });
}

test('channels stand in blocks of their patches, with class, value, and what lies beyond the image', async () => {
  const { file, places } = draw([describeChannel(2, 4, 1), describeChannel(0, 3, 0), describeChannel(3, 0, null)]);
  expect(file.name).toBe('03-conv2d_2-patches.png');
  expect(readPngText(file.content as Buffer)).toMatchObject({ Network: 'run8', Layer: 'conv2d_2' });
  expect(places.map(({ length }) => length)).toEqual([4, 3, 0]);
  const picture = await decodePng(file.content as Uint8Array);
  const pixelAt = (left: number, top: number) => [
    ...picture.data.subarray((top * picture.width + left) * 4).subarray(0, 3),
  ];
  // The stripe of the second patch begins 8 pixels from its left edge.
  const { left = 0, top = 0 } = places[0]?.[1] ?? {};
  expect([pixelAt(left, top), pixelAt(left + 8, top)]).toEqual([
    [170, 240, 200],
    [30, 160, 90],
  ]);
  await expectGolden('patches', picture);
});

test('without classes there are no colors, and nothing is said of them', () => {
  const channel = describeChannel(1, 2, null);
  const patches = channel.patches.map((patch) => ({ ...patch, className: null }));
  const { places } = draw([{ ...channel, patches }], { withClasses: false });
  expect(places[0]).toHaveLength(2);
});

test('a sheet has no more channels than 10,000 pixels in height have room for, and says which it is', () => {
  const channels = Array.from({ length: 50 }, (_, channel) => describeChannel(channel, 2, null));
  // Two blocks beside each other, each of ten rows of patches, 98 pixels a row.
  const few = divideIntoSheets(channels, { classes, count: 100 });
  expect(few.map(({ length }) => length)).toEqual([9, 9, 9, 9, 9, 5]);
  expect(few.flat()).toEqual(channels);
  expect(divideIntoSheets(channels, { classes, count: 4 })).toHaveLength(1);
  expect(divideIntoSheets([], { classes, count: 4 })).toEqual([]);
  const { file } = draw(channels.slice(0, 2), { part: { number: 2, count: 6 } });
  expect(file.name).toBe('03-conv2d_2-patches-2.png');
});
