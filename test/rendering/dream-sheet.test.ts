import { test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { renderDreamSheet } from '../../src/rendering/dream-sheet.js';
import { expectGolden } from '../helpers/golden.js';

test('each dream has what it reaches below it, small ones are enlarged, large ones made smaller, and failed ones are red', () => {
  const entry = { words: ['mean 0.52', '  > 0.21', 'cell 1.2', '  > 0.9'], isFailed: false };
  const sheet = renderDreamSheet({
    title: 'conv2d_4, what makes its channels fire - run8, epoch 8',
    subtitle: 'gradient ascent, 64 steps, seed 1',
    entries: [
      { ...entry, picture: createRaster(150, 150, [200, 120, 40]), name: 'channel 0' },
      { ...entry, picture: createRaster(16, 16, [40, 120, 200]), name: 'channel 3' },
      {
        words: ['mean 0.02', '  < 0.21', 'cell 1.2', '  > 0.9', 'no gradient'],
        isFailed: true,
        picture: createRaster(150, 100, [90, 90, 90]),
        name: 'channel 12',
      },
      { ...entry, picture: createRaster(400, 300, [40, 160, 90]), name: 'channel 127' },
    ],
  });
  expectGolden('dream-sheet', sheet);
});
