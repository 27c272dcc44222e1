import { describe, expect, it } from 'vitest';
import { describeChannel } from '../../src/activations/statistics.js';

describe('describeChannel', () => {
  it('agrees with numbers worked out on paper', () => {
    // mean 3; squared distances 9, 9, 1, 25 -> variance 11
    expect(describeChannel(Float32Array.of(0, 0, 4, 8))).toEqual({
      min: 0,
      max: 8,
      mean: 3,
      standardDeviation: Math.sqrt(11),
      zeroFraction: 0.5,
      nanCount: 0,
      infinityCount: 0,
    });
  });

  it('counts a negative zero as zero', () => {
    expect(describeChannel(Float32Array.of(-0, 1)).zeroFraction).toBe(0.5);
  });

  it('keeps its digits where the mean is large against the spread', () => {
    expect(describeChannel(Float32Array.of(4096.25, 4096.75)).standardDeviation).toBe(0.25);
  });

  it('leaves NaN and infinities out of every number but their own', () => {
    expect(describeChannel(Float32Array.of(NaN, 2, Infinity, 4, -Infinity))).toEqual({
      min: 2,
      max: 4,
      mean: 3,
      standardDeviation: 1,
      zeroFraction: 0,
      nanCount: 1,
      infinityCount: 2,
    });
  });

  it('says null where no value is finite', () => {
    const nothing = { min: null, max: null, mean: null, standardDeviation: null, zeroFraction: null };
    expect(describeChannel(Float32Array.of(NaN))).toEqual({ ...nothing, nanCount: 1, infinityCount: 0 });
  });
});
