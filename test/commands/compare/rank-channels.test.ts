import { expect, test } from 'vitest';
import { compareCommand } from '../../../src/commands/compare/cli.js';
import { rankChannels } from '../../../src/commands/compare/rank-channels.js';
import type { ComparedChannel, MapComparison, NetworkComparison } from '../../../src/commands/compare/result.js';

const channel = (number: number, difference: number | null): ComparedChannel => {
  return { channel: number, partner: number, meanA: 0, meanB: 0, difference, correlation: null };
};

test('channels that differ most come first, those without a finite value last', () => {
  const ranked = rankChannels([channel(0, null), channel(1, 0), channel(2, 3), channel(3, null), channel(4, 3)]);
  expect(ranked.map(({ channel: number }) => number)).toEqual([2, 4, 1, 0, 3]);
});

test.each<[string, ComparedChannel[], RegExp]>([
  ['the one that differs most', [channel(0, null), channel(1, 2)], /differs most in channel 1/],
  ['that nothing differs', [channel(0, 0), channel(1, 0)], /nothing differs/],
  ['that nothing is finite', [channel(0, null)], /no finite values/],
])('the terminal says %s', (_, channels, expected) => {
  const lines: string[] = [];
  const layer = { name: 'conv2d_1', cosine: 1, channels, files: [] };
  const result = { kind: 'images', layers: [layer], unmatched: [] } as unknown as MapComparison;
  compareCommand.show?.(result, { print: (line = '') => lines.push(line) } as never, {} as never);
  expect(lines.join('\n')).toMatch(expected);
});

test('the terminal lists only images that two networks differ on', () => {
  const lines: string[] = [];
  const prediction = { className: 'cats', probability: 0.9 };
  const images = [0.5, 0].map((difference, index) => ({
    path: `${index}.png`,
    difference,
    a: prediction,
    b: prediction,
  }));
  const result = {
    ...{ kind: 'networks-on-folder', a: { layers: [] }, b: { layers: [] }, cka: { values: [] }, matches: [] },
    judgements: { sameCount: 2, imageCount: 2, images },
  } as unknown as NetworkComparison;
  compareCommand.show?.(result, { print: (line = '') => lines.push(line) } as never, {} as never);
  expect(lines.filter((line) => line.includes('.png'))).toEqual([expect.stringContaining('0.png')]);
});
