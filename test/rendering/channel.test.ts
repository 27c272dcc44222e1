import { expect, test } from 'vitest';
import { renderChannel } from '../../src/rendering/channel.js';
import { expectGolden } from '../helpers/golden.js';

const values = Float32Array.from({ length: 30 }, (_, index) => Math.sqrt(index) - 2);
const options = { title: 'conv2d_1', channel: 6, size: 300, colormap: 'viridis' } as const;

test('one channel from its smallest to its largest value', () => {
  const picture = renderChannel({ ...options, plane: { width: 6, height: 5, values }, normalize: 'minmax' });
  expectGolden('channel-minmax', picture.raster);
  expect(picture.statistics.min).toBe(-2);
});

test('one channel around its mean, with a value missing', () => {
  const broken = Float32Array.from(values);
  broken[7] = Number.NaN;
  const plane = { width: 6, height: 5, values: broken };
  expectGolden('channel-zscore', renderChannel({ ...options, plane, normalize: 'zscore' }).raster);
});

test('a dead channel is crossed out and named by its number in the layer', () => {
  const plane = { width: 6, height: 5, values: new Float32Array(30) };
  expectGolden('channel-dead', renderChannel({ ...options, plane, normalize: 'minmax' }).raster);
});
