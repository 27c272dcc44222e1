import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measurePlanes } from '../../src/base/plane.js';
import { type ColormapName, colormapNames, getColormap } from '../../src/rendering/colormap.js';
import { chooseScale, normalizeValues } from '../../src/rendering/normalize.js';

// Made by matplotlib and NumPy: test/fixtures/scripts/colormaps.py.
const fixture = JSON.parse(readFileSync(new URL('../fixtures/rendering/colormaps.json', import.meta.url), 'utf8')) as {
  tables: Record<ColormapName, string>;
  values: number[];
  minmax: string;
  zscore: number[];
};
const values = Float32Array.from(fixture.values);
const statistics = measurePlanes([{ width: values.length, height: 1, values }]);
const toHex = (colors: readonly (readonly number[])[]) => Buffer.from(colors.flat()).toString('hex');

test.each(colormapNames)('%s has all 256 colors of matplotlib', (name) => {
  expect(toHex(getColormap(name).colors)).toBe(fixture.tables[name]);
});

test('minmax gives the colors of matshow', () => {
  const { colors } = getColormap('viridis');
  const indexes = normalizeValues(values, chooseScale('minmax', statistics, statistics));
  expect(toHex(Array.from(indexes, (index) => colors[index] ?? []))).toBe(fixture.minmax);
});

test('zscore gives the bytes of the notebook, computed by NumPy', () => {
  expect([...normalizeValues(values, chooseScale('zscore', statistics, statistics))]).toEqual(fixture.zscore);
});

test('an unknown ramp is refused with the names of those there are', () => {
  expect(() => getColormap('jet' as ColormapName)).toThrow(
    expect.objectContaining({
      code: 'BAD_ARGUMENT',
      message: expect.stringContaining('viridis, magma, inferno, gray, cividis'),
    }),
  );
});
