import { test } from 'vitest';
import { renderStrip } from '../../src/rendering/strip.js';
import { expectGolden } from '../helpers/golden.js';

const defaults = { title: 'dense_1', scaling: 'zscore', sentences: [], colormap: 'viridis' } as const;

function strip(values: Float32Array, options: Partial<Parameters<typeof renderStrip>[0]> = {}) {
  return renderStrip({ ...defaults, shape: [1, values.length], values, ...options });
}

const ramp = (count: number) => Float32Array.from({ length: count }, (_, index) => (index * 7) % 23);

test('thousands of units', () => {
  expectGolden('strip-6272', strip(ramp(6272), { title: 'flatten_1', scaling: 'minmax' }));
});

test('hundreds of units', () => {
  expectGolden('strip-512', strip(ramp(512)));
});

test('a few units, with their values', () => {
  expectGolden('strip-3', strip(Float32Array.of(0.07, 0.91, 0.02), { title: 'dense_2', scaling: 'minmax' }));
});

test('a single unit is shown between 0 and 1', () => {
  expectGolden('strip-1', strip(Float32Array.of(0.93), { title: 'dense_2' }));
});

test('units that are all 0 are crossed out, non-values checkered', () => {
  expectGolden('strip-dead', strip(new Float32Array(40)));
  const broken = ramp(40);
  broken[3] = Number.NaN;
  expectGolden('strip-marked', strip(broken));
});

test('units on a fixed scale that some of them lie beyond', () => {
  expectGolden('strip-fixed', strip(ramp(40), { scaling: { min: 5, max: 15, caption: 'fixed scale' } }));
});

test('units of a Flatten in rows of one place, named here and there', () => {
  expectGolden('strip-flatten', strip(ramp(4 * 5 * 12), { title: 'flatten_1', flattened: [4, 5, 12] }));
});

test('units with values below 0: 0 is in the middle, unless the smallest is asked for', () => {
  const values = ramp(40).map((value) => value - 5);
  expectGolden('strip-signed', strip(values));
  expectGolden('strip-signed-minmax', strip(values, { scaling: 'minmax' }));
});
