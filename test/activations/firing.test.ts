import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { describePlace, measureFiring } from '../../src/activations/firing.js';

const measure = (width: number, ...values: number[]) =>
  measureFiring({ width, height: values.length / width, values: Float32Array.from(values) });

describe('measureFiring', () => {
  it('counts what is above 0, and gives each ninth its share of the sum', () => {
    const { fraction, regions } = measure(3, 3, 0, -5, 0, 1, 0, 0, 0, 4);
    expect(fraction).toBe(3 / 9);
    expect(regions).toEqual([3 / 8, 0, 0, 0, 1 / 8, 0, 0, 0, 4 / 8]);
  });

  it('divides pixels on the border of two thirds: of 2 pixels a third of each is in the middle', () => {
    const { regions } = measure(2, 9, 0);
    const across = [6 / 9, 3 / 9, 0];
    expect(regions.map((region) => region.toFixed(9))).toEqual(
      [...across, ...across, ...across].map((share) => (share / 3).toFixed(9)),
    );
  });

  it('takes NaN and infinities for not firing; a map that fires nowhere has no shares', () => {
    expect(measure(3, Number.NaN, Number.POSITIVE_INFINITY, 2).fraction).toBe(1 / 3);
    expect(measure(2, 0, -1, 0, 0)).toEqual({ fraction: 0, regions: Array(9).fill(0) });
  });

  it('an even map of any size is evenly spread', () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sizes, sizes, (width, height) => {
        const { regions } = measureFiring({ width, height, values: new Float32Array(width * height).fill(2.5) });
        expect(Math.max(...regions.map((region) => Math.abs(region - 1 / 9)))).toBeLessThan(1e-12);
        expect(describePlace(regions)).toBe('evenly spread');
      }),
    );
  });

  it('a map turned over left to right has its shares turned over', () => {
    const maps = fc.integer({ min: 1, max: 9 }).chain((width) => {
      const row = fc.array(fc.integer({ min: -3, max: 9 }), { minLength: width, maxLength: width });
      return fc.array(row, { minLength: 1, maxLength: 9 });
    });
    fc.assert(
      fc.property(maps, (rows) => {
        const width = rows[0]?.length ?? 0;
        const { regions } = measure(width, ...rows.flat());
        const turned = measure(width, ...rows.flatMap((row) => row.toReversed())).regions;
        const expected = [2, 1, 0, 5, 4, 3, 8, 7, 6].map((index) => regions[index] as number);
        expect(Math.max(...turned.map((share, index) => Math.abs(share - (expected[index] as number))))).toBeLessThan(
          1e-12,
        );
      }),
    );
  });
});

test.each([
  ['mostly upper left', [1, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['mostly in the center', [0, 0.1, 0, 0.1, 0.6, 0.1, 0, 0.1, 0]],
  ['mostly lower right', [0.44, 0, 0, 0, 0, 0, 0, 0, 0.56]],
  ['mostly in the upper third', [0.3, 0.3, 0.3, 0.1, 0, 0, 0, 0, 0]],
  ['mostly across the middle', [0, 0, 0, 0.4, 0.2, 0.4, 0, 0, 0]],
  ['mostly in the right third', [0.1, 0, 0.2, 0.1, 0, 0.2, 0, 0.1, 0.3]],
  ['mostly down the middle', [0, 0.3, 0, 0, 0.3, 0, 0, 0.4, 0]],
  ['mostly toward the lower left', [0, 0, 0, 0.3, 0.2, 0, 0.25, 0.25, 0]],
  ['mostly toward the lower right', [0, 0, 0, 0, 0.2, 0.3, 0, 0.4, 0.1]],
  ['mostly toward the upper left', [0.25, 0.25, 0, 0.3, 0.2, 0, 0, 0, 0]],
  ['mostly toward the upper right', [0, 0.25, 0.25, 0, 0.2, 0.3, 0, 0, 0]],
  ['mostly outside the center', [0.125, 0.125, 0.125, 0.125, 0, 0.125, 0.125, 0.125, 0.125]],
  ['evenly spread', [0.06, 0.2, 0.1, 0.1, 0.1, 0.1, 0.11, 0.12, 0.11]],
  ['spread out, strongest upper right', [0.1, 0.05, 0.45, 0.05, 0.1, 0.05, 0.1, 0.05, 0.05]],
  [undefined, [0, 0, 0, 0, 0, 0, 0, 0, 0]],
])('%s', (place, regions) => {
  expect(describePlace(regions)).toBe(place);
});
