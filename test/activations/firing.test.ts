import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { describePlace, type Firing, findThirds, measureFiring, type Thirds } from '../../src/activations/firing.js';
import type { Plane } from '../../src/base/plane.js';

const measureOne = (plane: Plane, thirds?: Thirds) => measureFiring([plane], thirds)[0] as Firing;

const measure = (width: number, ...values: number[]) =>
  measureOne({ width, height: values.length / width, values: Float32Array.from(values) });

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
    expect(measure(2, 0, -1, 0, 0)).toMatchObject({ fraction: 0, regions: Array(9).fill(0) });
  });

  it('an even map of any size is evenly spread', () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sizes, sizes, (width, height) => {
        const firing = measureOne({ width, height, values: new Float32Array(width * height).fill(2.5) });
        expect(Math.max(...firing.regions.map((region) => Math.abs(region - 1 / 9)))).toBeLessThan(1e-12);
        expect(describePlace(firing)).toBe('evenly spread');
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
  expect(describePlace({ regions, evenRegions: Array(9).fill(1 / 9) })).toBe(place);
});

describe('cells that lie where their receptive fields do', () => {
  /** Seven cells of the book's fourth pooling: middles at 22.5 + 16 i of 150 pixels. */
  const middles = Array.from({ length: 7 }, (_, cell) => (22.5 + 16 * cell) / 150);
  const cells = { rows: middles, columns: middles };

  it('are counted in the thirds of the picture, not of the map', () => {
    // The cells reach from 14.5 to 126.5; the thirds end at 50 and 100.
    expect(findThirds(cells)).toEqual({
      rows: [expect.closeTo(35.5 / 16, 9), expect.closeTo(85.5 / 16, 9)],
      columns: [expect.closeTo(35.5 / 16, 9), expect.closeTo(85.5 / 16, 9)],
    });
    const values = new Float32Array(49);
    // The third column from the left, of the map in its middle third: on the picture 46.5 to 62.5.
    for (let y = 0; y < 7; y++) values[y * 7 + 2] = 1;
    const { regions } = measureOne({ width: 7, height: 7, values }, findThirds(cells));
    const left = regions.filter((_, ninth) => ninth % 3 === 0).reduce((sum, share) => sum + share);
    expect(left).toBeCloseTo(3.5 / 16, 9);
  });

  it('a map that fires evenly is evenly spread wherever its cells lie, also in one third alone', () => {
    const side = fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
      .map((steps) => {
        const total = steps.reduce((sum, step) => sum + step, 0) + 0.2;
        let place = 0.1;
        return steps.map((step) => {
          place += step / total / 1.01;
          return place;
        });
      });
    fc.assert(
      fc.property(side, side, (rows, columns) => {
        const plane = {
          width: columns.length,
          height: rows.length,
          values: new Float32Array(rows.length * columns.length).fill(2),
        };
        const firing = measureOne(plane, findThirds({ rows, columns }));
        expect(
          Math.max(...firing.regions.map((share, ninth) => Math.abs(share - (firing.evenRegions[ninth] as number)))),
        ).toBeLessThan(1e-9);
        expect(firing.regions.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
    );
    const center = { rows: [0.45, 0.5, 0.55], columns: [0.45, 0.5, 0.55] };
    const all = measureOne({ width: 3, height: 3, values: new Float32Array(9).fill(1) }, findThirds(center));
    expect(all.regions[4]).toBeCloseTo(1, 9);
    expect(describePlace(all)).toBe('evenly spread');
  });
});
