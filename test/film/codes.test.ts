import { describe, expect, test } from 'vitest';
import { type CodedChannel, decodeChannel, encodeChannels } from '../../src/film/codes.js';

/** A layer of one channel. */
const encode = (values: ArrayLike<number>) => encodeChannels(Float32Array.from(values), 1)[0] as CodedChannel;

describe('a channel in one byte a value', () => {
  test('keeps its smallest and its largest value, and those between to half a step', () => {
    const values = Float32Array.from({ length: 5000 }, (_, index) => Math.sin(index) * 3 + 1);
    const coded = encode(values);
    const back = decodeChannel(coded, { width: 50, height: 100 });
    const step = (coded.max - coded.min) / 254;
    expect([coded.min, coded.max]).toEqual([Math.min(...values), Math.max(...values)]);
    const errors = back.values.map((value, index) => Math.abs(value - (values[index] as number)));
    expect(Math.max(...errors)).toBeLessThanOrEqual(step / 2 + 1e-6);
    expect(Math.max(...errors)).toBeGreaterThan(step / 4);
  });

  test('keeps one value everywhere exactly', () => {
    const coded = encode([0.3, 0.3]);
    expect(decodeChannel(coded, { width: 2, height: 1 }).values).toEqual(Float32Array.of(0.3, 0.3));
  });

  test('keeps where values are no numbers, which do not count for its range', () => {
    const coded = encode([Number.NaN, -1, Number.POSITIVE_INFINITY, 2]);
    expect(coded).toMatchObject({ min: -1, max: 2, codes: Uint8Array.of(255, 0, 255, 254) });
    expect(Array.from(decodeChannel(coded, { width: 4, height: 1 }).values)).toEqual([Number.NaN, -1, Number.NaN, 2]);
    expect(encode([Number.NaN])).toMatchObject({ min: 0, max: 0 });
  });

  test('keeps the channels of a layer apart, which lie innermost there', () => {
    const layer = Float32Array.of(...[0, 5, Number.NaN], ...[1, 5, -1], ...[2, 6, 3]);
    expect(encodeChannels(layer, 3)).toEqual([
      { min: 0, max: 2, codes: Uint8Array.of(0, 127, 254) },
      { min: 5, max: 6, codes: Uint8Array.of(0, 0, 254) },
      { min: -1, max: 3, codes: Uint8Array.of(255, 0, 254) },
    ]);
  });
});
