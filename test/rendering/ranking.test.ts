import { expect, test } from 'vitest';
import { measurePlanes, type Plane } from '../../src/base/plane.js';
import { renderRanking } from '../../src/rendering/ranking.js';
import { expectGolden } from '../helpers/golden.js';

const plane = (size: number, valueAt: (x: number, y: number) => number): Plane => ({
  width: size,
  height: size,
  values: Float32Array.from({ length: size * size }, (_, index) => valueAt(index % size, Math.floor(index / size))),
});

function render(planes: Plane[], options: Partial<Parameters<typeof renderRanking>[0]> = {}) {
  return renderRanking({
    ...{
      title: 'conv2d_4',
      subtitle: 'the 10 strongest of 128 by mean',
      scaling: 'zscore',
      tile: 90,
      sentences: [],
      by: 'mean',
    },
    ...{ colormap: 'viridis', planes, statistics: planes.map((each) => measurePlanes([each])), ranked: [], ...options },
  });
}

const blobs = Array.from({ length: 128 }, (_, channel) =>
  channel === 17 ? plane(9, () => 0) : plane(9, (x, y) => Math.max(0, 6 - Math.hypot(x - (channel % 9), y - 4))),
);

test('the strongest channels in order, with number and value, in two rows, and what is to be said of them', () => {
  const ranked = [5, 120, 44, 3, 8, 101, 9, 100, 2, 17].map((channel, rank) => ({ channel, value: 1.25 - rank / 8 }));
  const sentences = [
    '127 of 128 channels fire, on 45 % of all pixels; 1 is all 0 on this image; strongest by mean: channel 5, 1.25',
  ];
  Object.assign(ranked[0] as object, {
    fires: '62 %',
    where: 'mostly down the middle',
    overImages: 'on 81 % of dogs, 12 % of cats',
  });
  Object.assign(ranked[1] as object, { fires: 'over 99 %', where: 'evenly spread' });
  Object.assign(ranked[9] as object, { where: 'all 0 on this image' });
  expectGolden('ranking', render(blobs, { ranked, sentences }));
});

test('contributions of either sign, with captions wider than their tiles, on a scale that all images share', () => {
  const ranked = [
    { channel: 101, value: 0.001234 },
    { channel: 102, value: -123.4 },
  ];
  const scaling = { min: 0, max: 4, caption: 'all channels of 12 images: one scale' };
  expectGolden(
    'ranking-shared',
    render(blobs, {
      ranked,
      signed: true,
      scaling,
      tile: 40,
      by: 'contribution to the score of dogs',
      subtitle: 'by contribution',
    }),
  );
});

test('units share one scale: nothing is crossed out', () => {
  const units = Array.from({ length: 30 }, (_, unit) => plane(1, () => (unit * 7) % 30));
  const ranked = [17, 4, 21].map((channel) => ({ channel, value: (channel * 7) % 30 }));
  expectGolden('ranking-units', render(units, { ranked, title: 'dense_1', subtitle: 'the 3 strongest of 30 by mean' }));
});

test('a table too wide for the pictures of its call loses the end of its last column, and none of its width is added', () => {
  const overImages = `on ${Array.from({ length: 9 }, (_, index) => `81 % of a class with a long name, number ${index}`).join(', ')}`;
  const ranked = [{ channel: 5, value: 1, fires: '62 %', where: 'mostly down the middle', overImages }];
  const width = (frame: number) => render(blobs, { ranked, frame: { unit: 2, width: frame } }).width;
  expect([width(900), width(1200)]).toEqual([900 + 32, 1200 + 32]);
  expect(render(blobs, { ranked }).width).toBeGreaterThan(2000);
});
