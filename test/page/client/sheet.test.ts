import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measurePlanes, type Plane } from '../../../src/base/plane.js';
import { type LayerMaps, valueOfStep } from '../../../src/page/client/layer-maps.js';
import { readSheet } from '../../../src/page/client/sheet.js';
import type { LayerData } from '../../../src/page/image-data.js';
import { stepCounts } from '../../../src/page/map-steps.js';
import { dataAddress } from '../../../src/page/markup.js';
import { encodeSheet } from '../../../src/page/sheet.js';
import { decodePng } from '../../helpers/decode-png.js';

/** Maps as they come out of a page that they were put into. */
async function passThroughPage(planes: readonly Plane[], isExact = false): Promise<LayerMaps> {
  const ranges = planes.map((plane) => measurePlanes([plane]));
  const { png, columns, steps, nonFinite } = encodeSheet(planes, ranges, isExact);
  const [{ width, height }] = planes as [Plane];
  const [min, max] = [ranges.map((range) => range.min), ranges.map((range) => range.max)];
  const data = { width, height, columns, steps, nonFinite, min, max } as unknown as LayerData;
  return readSheet(dataAddress('image/png', png), JSON.parse(JSON.stringify(data)));
}

const plane = (width: number, height: number, ...values: number[]): Plane => ({
  width,
  height,
  values: Float32Array.from(values),
});

const stepsOf = ({ channels }: LayerMaps) => channels.map(({ steps }) => [...steps]);

describe("a layer's picture", () => {
  it('gives each channel back as steps between its own lowest and highest value', async () => {
    const planes = [plane(2, 1, 0, 4), plane(2, 1, 3, 2), plane(2, 1, 4, 4)];
    const [fewest, most] = [stepCounts[0], stepCounts[stepCounts.length - 1] as number];
    expect(stepsOf(await passThroughPage(planes))).toEqual([
      [0, most - 1],
      [fewest - 1, 0],
      [0, 0],
    ]);
    expect(stepsOf(await passThroughPage(planes, true))[1]).toEqual([255, 0]);
  });

  it('distinguishes non-finite values from every number', async () => {
    const maps = await passThroughPage([
      plane(3, 2, Number.NaN, Number.NaN, 0, Infinity, 2, 1),
      plane(3, 2, 0, 0, 1, 1, 1, 0),
    ]);
    expect(stepsOf(maps)).toEqual([
      [256, 256, 0, 256, 128, 64],
      [0, 0, 64, 64, 64, 0],
    ]);
  });

  it('is seen in viridis, 16 channels a row, by whoever shows it as it is', () => {
    const planes = Array.from({ length: 17 }, (_, number) => plane(2, 1, 0, number));
    const ranges = planes.map((_, number) => ({ min: 0, max: number }));
    const { width, height, data } = decodePng(encodeSheet(planes, ranges).png);
    expect([width, height]).toEqual([32, 2]);
    const colorOf = (channel: number, x: number) => [
      ...data.subarray(4 * (2 * channel + x), 4 * (2 * channel + x) + 3),
    ];
    // Whatever a channel's steps, its lowest value has the ramp's first color and its highest the last one.
    for (const channel of [1, 8, 10, 15]) {
      expect([colorOf(channel, 0), colorOf(channel, 1)]).toEqual([
        [0x44, 0x01, 0x54],
        [0xfd, 0xe7, 0x24],
      ]);
    }
  });

  it('gives any map back to half a step, and 0 as 0', async () => {
    const value = fc.oneof(
      fc.constant(0),
      fc.float({ noNaN: true, min: 0, max: 9 }),
      fc.constantFrom(Number.NaN, Infinity, -Infinity),
    );
    const maps = fc
      .integer({ min: 1, max: 9 })
      .chain((width) =>
        fc.array(fc.array(value, { minLength: width * 3, maxLength: width * 3 }), { minLength: 1, maxLength: 20 }),
      );
    await fc.assert(
      fc.asyncProperty(maps, fc.boolean(), async (channels, isExact) => {
        const planes = channels.map((values) => plane(values.length / 3, 3, ...values));
        const read = await passThroughPage(planes, isExact);
        planes.forEach(({ values }, number) => {
          const channel = read.channels[number] as (typeof read.channels)[number];
          const halfStep = (channel.high - channel.low) / (channel.stepCount - 1) / 2;
          expect(halfStep).toBeLessThanOrEqual((channel.high - channel.low) / (isExact ? 510 : 64));
          // no coarser than the strongest channel's
          const strength = Math.max(...read.channels.map(({ low, high }) => Math.max(-low, high)));
          expect(halfStep).toBeLessThanOrEqual((1.001 * strength) / (isExact ? 510 : 256));
          values.forEach((given, index) => {
            const found = valueOfStep(channel.steps[index] as number, channel);
            if (!Number.isFinite(given)) expect(found).toBeNaN();
            else if (given === 0) expect(found).toBe(0);
            else expect(Math.abs(found - given)).toBeLessThanOrEqual(halfStep + 1e-6);
          });
        });
      }),
    );
  });
});
