import { expect, test } from 'vitest';
import { createRaster, fillRectangle } from '../../src/base/raster.js';
import type { ChannelGroup, LayerGroups } from '../../src/groups/report.js';
import { drawGroups } from '../../src/output/group-files.js';
import { decodePng } from '../helpers/decode-png.js';
import { expectGolden } from '../helpers/golden.js';
import { readPngText } from '../helpers/png-text.js';

function drawPhotograph(index: number) {
  const raster = createRaster(150, 100, [230 - 40 * index, 220, 200]);
  fillRectangle(raster, 20 + 30 * index, 25, 50, 50, [60, 90, 150]);
  return raster;
}

function describeGroup(number: number, patchCount: number): ChannelGroup {
  return {
    ...{ number, color: '#e69f00', part: 0.5 / number, recurrence: 1 - number / 10, tells: number % 2, auc: 0.7 },
    firingImageCount: 5,
    channels: Array.from({ length: 10 }, (_, channel) => ({ channel, weight: 0.9 / (channel + number) })),
    patches: Array.from({ length: patchCount }, (_, index) => ({
      ...{ path: `cats/${index}.png`, className: index % 3 === 0 ? 'dogs' : 'cats', value: 2.5 / (index + 1) },
      ...{ cell: { row: 0, column: index }, seen: { left: 0, top: 0, width: 3, height: 3 }, image: null, tile: null },
    })),
  };
}

const layer: LayerGroups = {
  ...{ name: 'conv2d_2', kind: 'Conv2D', shape: [1, 4, 6, 32], field: { height: 8, width: 8 }, sheet: '' },
  ...{ share: 0.62, sampleShare: 0.63, shuffledShare: 0.4, sampledPlaceCount: 100, placeCount: 144 },
  ...{
    shuffledRecurrences: [0.71, 0.64, 0.55],
    nonFiniteImageCount: 1,
    groups: [describeGroup(1, 9), describeGroup(2, 3), describeGroup(3, 0)],
    images: [],
  },
};

test('images stand above with the groups on them, groups below with their patches', async () => {
  const images = [0, 1].map((index) => ({
    path: `cats/${index}.png`,
    photograph: drawPhotograph(index),
    strengths: [0, 1, 2].map((group) =>
      Float32Array.from({ length: 24 }, (_, cell) => (Math.floor((cell % 6) / 2) === group ? 1 + (cell % 3) : 0)),
    ),
  }));
  const {
    file,
    images: painted,
    patches,
  } = drawGroups({
    report: {
      classes: ['cats', 'dogs'].map((className) => ({ className, imageCount: 3 })),
      input: { height: 48, width: 64, interpolation: 'nearest' },
    },
    ...{ layer, position: 3, images },
    patches: layer.groups.map((group) => group.patches.map((_, index) => createRaster(72, 54, [20 * index, 120, 90]))),
    cells: { rows: [1, 3, 5, 7].map((at) => at / 8), columns: [1, 3, 5, 7, 9, 11].map((at) => at / 12) },
    source: { words: ['run8, epoch 8', '6 train images of cats_dogs'], texts: { Network: 'run8' } },
  });
  expect(file.name).toBe('03-conv2d_2-groups.png');
  expect(readPngText(file.content as Buffer)).toMatchObject({ Network: 'run8', Layer: 'conv2d_2' });
  expect(painted).toHaveLength(2);
  expect(patches.map(({ length }) => length)).toEqual([9, 3, 0]);
  await expectGolden('groups', decodePng(file.content as Uint8Array));
});
