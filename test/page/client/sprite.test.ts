import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plane } from '../../../src/base/plane.js';
import { readSprite } from '../../../src/page/client/sprite.js';
import { dataAddress } from '../../../src/page/markup.js';
import { encodeSprite } from '../../../src/page/sprite.js';
import { normalizeValues, rangeScale } from '../../../src/rendering/normalize.js';
import { decodePng } from '../../helpers/decode-png.js';
import { summarizePlanes } from '../layer-fixture.js';

async function passThroughPage(planes: readonly Plane[]) {
  const { png, data } = encodeSprite(summarizePlanes(planes));
  return readSprite(dataAddress('image/png', png), JSON.parse(JSON.stringify(data)));
}

const plane = (width: number, height: number, ...values: number[]): Plane => ({
  width,
  height,
  values: Float32Array.from(values),
});

describe("a layer's picture", () => {
  it('gives each channel back as steps between its own lowest and highest value', async () => {
    const steps = await passThroughPage([plane(2, 1, 0, 4), plane(2, 1, 3, 2), plane(2, 1, 5, 5)]);
    expect(steps.map((channel) => [...channel])).toEqual([
      [0, 255],
      [255, 0],
      [0, 0],
    ]);
  });

  it('distinguishes non-finite values from every number', async () => {
    const [steps] = await passThroughPage([plane(3, 2, Number.NaN, Number.NaN, 0, Infinity, 2, 1)]);
    expect([...(steps as Uint16Array)]).toEqual([256, 256, 0, 256, 255, 128]);
  });

  it('is seen in viridis, 16 channels a row, by whoever shows it as it is', () => {
    const planes = Array.from({ length: 17 }, () => plane(1, 1, 0));
    const { width, height, data } = decodePng(encodeSprite(summarizePlanes(planes)).png);
    expect([width, height, [...data.subarray(0, 4)]]).toEqual([16, 2, [0x44, 0x01, 0x54, 255]]);
  });

  it('has the units of a Flatten in rows of one place, as the pictures of the command line', () => {
    const layer = { ...summarizePlanes([plane(48, 1, ...Array(48).fill(1))]), shape: [1, 48] };
    expect(encodeSprite({ ...layer, flattened: [2, 3, 8] }).data.unitsARow).toBe(8);
    expect(encodeSprite(layer).data.unitsARow).toBe(64);
  });

  it('brings any values back as the pictures of the command line have them', async () => {
    const value = fc.oneof(fc.float({ noNaN: true, min: -100, max: 100 }), fc.constantFrom(0, Number.NaN, -Infinity));
    const layer = fc
      .record({
        width: fc.integer({ min: 1, max: 6 }),
        height: fc.integer({ min: 1, max: 6 }),
        count: fc.integer({ min: 1, max: 40 }),
      })
      .chain(({ width, height, count }) =>
        fc.array(
          fc
            .array(value, { minLength: width * height, maxLength: width * height })
            .map((values) => plane(width, height, ...values)),
          { minLength: count, maxLength: count },
        ),
      );
    await fc.assert(
      fc.asyncProperty(layer, async (planes) => {
        const steps = await passThroughPage(planes);
        const { channels } = summarizePlanes(planes);
        const expected = channels.map((channel) =>
          normalizeValues(channel.plane.values, rangeScale(channel.statistics)),
        );
        expect(steps).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
