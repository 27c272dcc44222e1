import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sparkline } from '../../src/cli/sparkline.js';

function draw(values: number[], width = 8): string {
  const sparkline = new Sparkline(width);
  for (const value of values) sparkline.add(value);
  return sparkline.toString();
}

test('values are blocks between the lowest and the highest', () => {
  expect(draw([7, 6, 5, 4, 3, 2, 1, 0])).toBe('█▇▆▅▄▃▂▁');
  expect(draw([0.2, 0.9])).toBe('▁█      ');
});

test('a number that stays the same is a line in the middle, and no number is nothing', () => {
  expect(draw([3, 3, 3])).toBe('▄▄▄     ');
  expect(draw([])).toBe('        ');
  expect(draw([1, Number.NaN, 2, Number.POSITIVE_INFINITY])).toBe('▁█      ');
});

test('longer courses are means of equal stretches', () => {
  expect(draw([0, 2, 1, 3, 8], 4)).toBe('▁▂█ '); // means 1, 2, 8
  expect(draw([0, 0, 0, 0, 1, 1, 1, 1, 2, 2], 4)).toBe('▁▅█ '); // four values each
});

test('however many values there are, it keeps its width and goes from the first to the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 2000 }), (count) => {
      const line = draw(Array.from({ length: count }, (_, index) => index));
      const blocks = Array.from(line.trimEnd());
      expect(line.length).toBe(8);
      expect([...blocks].sort()).toEqual(blocks);
      expect(blocks.at(0)).toBe('▁');
      expect(blocks.at(-1)).toBe('█');
    }),
  );
});
