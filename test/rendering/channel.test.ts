import { test } from 'vitest';
import { measurePlanes, type Plane } from '../../src/base/plane.js';
import { type ChannelOptions, renderChannel } from '../../src/rendering/channel.js';
import { expectGolden } from '../helpers/golden.js';

const values = Float32Array.from({ length: 30 }, (_, index) => Math.sqrt(index) - 2);
const options = { title: 'conv2d_1', channel: 6, size: 300, colormap: 'viridis', sentences: [] } as const;

function render(plane: Plane, scaling: ChannelOptions['scaling'], sentences: string[] = []) {
  return renderChannel({ ...options, plane, statistics: measurePlanes([plane]), scaling, sentences });
}

test('one channel from its smallest to its largest value', () => {
  expectGolden('channel-minmax', render({ width: 6, height: 5, values }, 'minmax'));
});

test('one channel around its mean, with a value missing', () => {
  const broken = Float32Array.from(values);
  broken[7] = Number.NaN;
  const plane = { width: 6, height: 5, values: broken };
  expectGolden('channel-zscore', render(plane, 'zscore'));
});

test('a dead channel is crossed out and named by its number in the layer', () => {
  const plane = { width: 6, height: 5, values: new Float32Array(30) };
  expectGolden('channel-dead', render(plane, 'minmax'));
});

test('one channel on a scale shared with other images, with a sentence', () => {
  const scaling = { min: -2, max: 8.5, caption: 'all channels of 12 images: one scale' };
  const sentence = 'channel 6: fires on 83 % of pixels, mostly in the lower third; on 81 % of dogs, 12 % of cats';
  expectGolden('channel-shared', render({ width: 6, height: 5, values }, scaling, [sentence]));
});
