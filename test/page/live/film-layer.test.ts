import { expect, test } from 'vitest';
import { captionChannel } from '../../../src/activations/captions.js';
import { measurePlanes } from '../../../src/base/plane.js';
import { type CodedChannel, decodeChannel, encodeChannels } from '../../../src/film/codes.js';
import { describeFilmLayer } from '../../../src/page/live/film-layer.js';
import { measureCodes } from '../../../src/page/live/measure-codes.js';

const size = { width: 5, height: 4 };
const encode = (...values: number[]) => encodeChannels(Float32Array.from(values), 1)[0] as CodedChannel;
const codedOf = (of: (index: number) => number) => encode(...Array.from({ length: 20 }, (_, index) => of(index)));

test.each([
  ['after a relu', (index: number) => Math.max(0, Math.sin(index))],
  ['on both sides of 0', (index: number) => Math.sin(index) - 0.2],
  ['above 0', (index: number) => index + 1],
  ['below 0', (index: number) => -index - 1],
  ['all 0', () => 0],
  ['one value', () => 0.3],
  ['one value below 0', () => -0.3],
  ['with NaN', (index: number) => (index % 3 === 0 ? Number.NaN : index)],
  ['nothing but NaN', () => Number.NaN],
])('a channel %s has the numbers of the values that its codes stand for', (_, of) => {
  const coded = codedOf(of);
  const { values } = decodeChannel(coded, size);
  const expected = measurePlanes([{ ...size, values }]);
  const { zeroFraction, firingFraction, ...numbers } = measureCodes(coded);
  const halfStep = (coded.max - coded.min) / 508;
  expect(numbers).toEqual({
    ...{ min: expected.min, max: expected.max, nonFiniteCount: expected.nonFiniteCount },
    mean: expect.closeTo(expected.mean, 5),
    standardDeviation: expect.closeTo(expected.standardDeviation, 5),
  });
  const share = (holds: (value: number) => boolean) => values.filter(holds).length / values.length;
  expect(zeroFraction).toBe(share((value) => Math.abs(value) <= halfStep));
  expect(firingFraction).toBe(share((value) => value > halfStep || (coded.min > 0 && value > 0)));
});

test('how much fires is said of what is certain, and nowhere that nothing does', () => {
  // After a relu, with one large value: half of them are above 0, half of those by less than half a step.
  const values = [...Array(10).fill(0), ...Array(4).fill(0.001), ...Array(5).fill(1), 8];
  const few = [...Array(19).fill(-100), 0.1];
  const channels = [encode(...values), encode(...few), encode(...Array(20).fill(0))];
  const layer = describeFilmLayer({ name: 'conv', kind: 'Conv2D', isMap: true, ...size, channels });
  expect(layer.firingFraction).toEqual([6 / 20, 1 / 20, 0]);
  expect(layer.caption).toBe('2 of 3 channels fire, on at least 11 % of all pixels; 1 is all 0 on this image');
});

test.each([
  [0.0021, 'at least 0.2 %'],
  [0.29, 'at least 29 %'],
  [0.998, 'at least 99 %'],
  [1, '100 %'],
])('a share of %d that may be larger is %s', (fraction, said) => {
  const firing = { fraction, isAtLeast: true, regions: [], evenRegions: [] };
  const statistics = { min: 0, max: 1, nonFiniteCount: 0 };
  expect(captionChannel({ kind: 'channel', number: 3, statistics, firing })).toBe(
    `channel 3: fires on ${said} of pixels`,
  );
});

test('a layer says where its channels have no numbers', () => {
  const channels = [codedOf((index) => index), codedOf((index) => (index > 2 && index < 6 ? Number.NaN : index))];
  const layer = describeFilmLayer({ name: 'conv', kind: 'Conv2D', isMap: true, ...size, channels });
  expect(layer).toMatchObject({
    steps: [255, 255],
    isRounded: true,
    nonFinite: { 1: [3, 3, 14] },
    overall: { min: 0, max: 19 },
  });
  expect(layer.caption).toContain('1 has NaN or infinite values');
});

test('a layer without maps has its values', () => {
  const channels = [encode(0.5), encode(Number.NaN), encode(-2)];
  const layer = describeFilmLayer({ name: 'dense', kind: 'Dense', isMap: false, width: 1, height: 1, channels });
  expect(layer).toMatchObject({ width: 3, steps: [], units: [0.5, null, -2], overall: { min: -2, max: 0.5 } });
});
