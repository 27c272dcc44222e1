import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countBins } from '../../../src/output/tensorboard/histogram.js';

test('every finite number is counted once, within its limits', () => {
  const numbers = fc.float32Array({ noDefaultInfinity: false, noNaN: false, maxLength: 40 });
  fc.assert(
    fc.property(numbers, (values) => {
      const finite = values.filter(Number.isFinite);
      const histogram = countBins(values);
      expect(histogram === undefined).toBe(finite.length === 0);
      if (histogram === undefined) return;
      const { min, max, limits, counts, count } = histogram;
      expect(count).toBe(finite.length);
      expect([min === Math.min(...finite), max === Math.max(...finite)]).toEqual([true, true]); // 0 is -0 here
      expect(counts.reduce((sum, own) => sum + own, 0)).toBe(finite.length);
      expect(limits.at(-1) === max && limits.every((limit, bin) => limit >= (limits[bin - 1] ?? min))).toBe(true);
    }),
  );
});

test('numbers at a limit belong to the bin above it, the greatest to the last', () => {
  const { counts } = countBins(Float32Array.of(0, 0.75, 1, 29, 30)) ?? {};
  expect(counts?.flatMap((own, bin) => (own > 0 ? [[bin, own]] : []))).toEqual([
    [0, 2],
    [1, 1],
    [29, 2],
  ]);
});
