import { expect, it } from 'vitest';
import { EvidenceAverager, findStrongestLine } from '../../../src/page/gallery/average-evidence.js';

function average(width: number, height: number, ...maps: number[][]) {
  const averager = new EvidenceAverager({ width, height });
  for (const map of maps) averager.add(Float32Array.from(map));
  return averager.describe('cats');
}

it('averages maps, and counts where each is the strongest', () => {
  const found = average(2, 2, [1, 0, 3, 0], [1, 2, 5, 8], [0, 0, 1, -2]);
  expect(found).toMatchObject({ className: 'cats', imageCount: 3 });
  expect([...found.mean.values].map((value) => Number(value.toFixed(4)))).toEqual([0.6667, 0.6667, 3, 2]);
  expect([...found.strongest]).toEqual([0, 0, 2, 1]);
});

it('names the row or column with the most of the strongest', () => {
  const bottom = average(2, 2, [0, 0, 3, 0], [0, 0, 0, 8], [9, 0, 1, 0]);
  expect(findStrongestLine(bottom)).toEqual({ isRow: true, index: 1, lineCount: 2, imageCount: 2 });
  const right = average(2, 2, [0, 1, 0, 0], [0, 0, 0, 8], [9, 0, 1, 0]);
  // Two in the right column, two in the top row: a row comes first.
  expect(findStrongestLine(right)).toEqual({ isRow: true, index: 0, lineCount: 2, imageCount: 2 });
  const columns = average(2, 3, [0, 1, 0, 0, 0, 0], [0, 0, 0, 8, 0, 0], [0, 0, 0, 0, 0, 1]);
  expect(findStrongestLine(columns)).toEqual({ isRow: false, index: 1, lineCount: 2, imageCount: 3 });
});

it('says nothing of the only row of a map', () => {
  expect(findStrongestLine(average(3, 1, [0, 0, 1], [0, 1, 0], [0, 0, 2]))).toMatchObject({ isRow: false, index: 2 });
  expect(findStrongestLine(average(1, 3, [0, 0, 1]))).toMatchObject({ isRow: true, index: 2 });
});

it('counts an image without evidence for the class, but nowhere', () => {
  const found = average(2, 1, [-1, -2], [0, 0]);
  expect([found.imageCount, ...found.strongest]).toEqual([2, 0, 0]);
});
