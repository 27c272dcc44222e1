import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Plane } from '../../../src/base/plane.js';
import { type CodedChannel, encodeChannels } from '../../../src/film/codes.js';
import { encodeLayer, type Frame, type FrameLayer } from '../../../src/film/frame.js';
import { chooseTimeLayers, encodeTimeFrame } from '../../../src/page/time/encode-frame.js';

function layerOf(planes: Plane[], kind = 'MaxPooling2D', name = 'pool'): FrameLayer {
  const { width = 1, height = 1 } = planes[0] ?? {};
  const values = Float32Array.from({ length: width * height * planes.length }, (_, at) => {
    return planes[at % planes.length]?.values[Math.floor(at / planes.length)] as number;
  });
  return encodeLayer({ name, shape: [1, height, width, planes.length], values }, kind);
}

const planeOf = (width: number, values: number[]): Plane => {
  return { width, height: values.length / width, values: Float32Array.from(values) };
};
const frameOf = (...layers: FrameLayer[]): Frame => ({ epoch: 3, images: [{ outputs: [0.25], layers }] });
const stepsOf = (codes = '') => [...inflateSync(Buffer.from(codes, 'base64'))];

describe('a frame of a page', () => {
  test('has 63 steps from the smallest to the largest value, and one for what is no number', async () => {
    const [a, b] = [planeOf(2, [0, 1, 2, 4]), planeOf(2, [-1, Number.NaN, 1, 0])];
    const { epoch, images } = await encodeTimeFrame(frameOf(layerOf([a, b])));
    expect(epoch).toBe(3);
    expect(images[0]?.probabilities).toEqual([0.75, 0.25]);
    const [layer] = images[0]?.layers ?? [];
    expect(layer).toMatchObject({ name: 'pool', width: 2, height: 2, channelCount: 2, channels: [0, 1] });
    expect(layer?.ranges).toEqual([
      [0, 4],
      [-1, 1],
    ]);
    expect(stepsOf(layer?.codes)).toEqual([0, 16, 31, 62, 0, 63, 62, 31]);
  });

  test('keeps the channels that are asked for', async () => {
    const planes = [1, 2, 3].map((value) => planeOf(2, [value, value]));
    const [layer] =
      (await encodeTimeFrame(frameOf(layerOf(planes)), { channelsOf: () => [2] })).images[0]?.layers ?? [];
    expect(layer).toMatchObject({ channelCount: 3, channels: [2], ranges: [[3, 3]] });
  });

  test('makes maps of more than 40 pixels smaller by whole factors, each value the mean of a block', async () => {
    const wide = planeOf(
      74,
      Array.from({ length: 74 * 3 }, (_, index) => (index % 74 < 2 ? 4 : 0)),
    );
    const [layer] = (await encodeTimeFrame(frameOf(layerOf([wide])))).images[0]?.layers ?? [];
    expect(layer).toMatchObject({ width: 37, height: 2, ranges: [[0, 4]] });
    expect(stepsOf(layer?.codes)).toEqual(Array.from({ length: 74 }, (_, index) => (index % 37 === 0 ? 62 : 0)));
  });

  test('has the evidence as numbers, of many cells the means of neighbors, and why there is none', async () => {
    const middles = (count: number) => Array.from({ length: count }, (_, at) => (at + 0.5) / count);
    const cells = { rows: middles(2), columns: middles(32) };
    const values = Float32Array.from({ length: 64 }, (_, at) => (at < 32 ? 1 : -1));
    const maps = [0, 1].map((classIndex) => {
      return { classIndex, channel: encodeChannels(values, 1)[0] as CodedChannel };
    });
    const evidence = { layer: 'pool', height: 2, width: 32, cells, maps };
    const { images, noEvidence } = await encodeTimeFrame({
      epoch: 1,
      images: [{ outputs: [0.5], layers: [], evidence }],
    });
    expect(images[0]?.evidence).toMatchObject({ layer: 'pool', width: 16, height: 2, cells: { rows: [0.25, 0.75] } });
    expect(images[0]?.evidence?.maps[1]).toEqual({
      classIndex: 1,
      values: Array.from({ length: 32 }, (_, at) => (at < 16 ? 1 : -1)),
    });
    expect(noEvidence).toBeUndefined();
    expect((await encodeTimeFrame({ epoch: 1, images: [], noEvidence: 'no maps' })).noEvidence).toBe('no maps');
  });

  test('has no probabilities where the output is not a number', async () => {
    const frame: Frame = { epoch: 0, images: [{ outputs: [Number.NaN, 1], layers: [] }] };
    expect((await encodeTimeFrame(frame)).images).toEqual([{ probabilities: [], layers: [] }]);
  });

  test('shows poolings where there are some, else maps, four at most from the first to the last', () => {
    const map = [planeOf(2, [0, 1, 2, 3])];
    const conv = layerOf(map, 'Conv2D', 'conv');
    expect(chooseTimeLayers([conv, layerOf(map)])).toEqual(['pool']);
    expect(chooseTimeLayers([conv])).toEqual(['conv']);
    const many = Array.from({ length: 7 }, (_, index) => layerOf(map, 'Conv2D', `c${index}`));
    expect(chooseTimeLayers(many)).toEqual(['c0', 'c2', 'c4', 'c6']);
    expect(chooseTimeLayers([])).toEqual([]);
  });
});
