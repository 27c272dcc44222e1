import { expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.js';
import { EvidenceAverager, findStrongestLine, isBeyondChance } from '../../../src/page/gallery/average-evidence.js';

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

/** Whether so many images in one line of a map of a size, of so many, are more than chance. */
function isBeyond(count: number, all: number, [width, height]: [number, number]): boolean {
  const mean = { width, height, values: new Float32Array(width * height) };
  const line = { isRow: true, index: 0, lineCount: height, imageCount: count };
  return isBeyondChance(line, { className: 'cats', imageCount: all, mean, strongest: new Int32Array(width * height) });
}

it.each([
  [27, 30, 7, true], // of 14 lines
  [3, 3, 7, false],
  [19, 19, 7, false], // too few images
  [20, 30, 7, true],
  [19, 30, 7, false], // not most
  [20, 30, 2, false], // 4 times 4.9 %, by the binomial distribution
  [25, 30, 2, true], // 4 times 0.016 %
  [24, 30, 2, false], // 4 times 0.072 %
])('%i of %i images in a line of %i: beyond chance is %s', (count, all, side, expected) => {
  expect(isBeyond(count, all, [side, side])).toBe(expected);
});

it('of places drawn at random hardly ever says that they are no chance', () => {
  const random = createRandom(1, 'sample');
  let said = 0;
  for (let page = 0; page < 2000; page++) {
    const averager = new EvidenceAverager({ width: 2, height: 2 });
    for (let image = 0; image < 30; image++) {
      const at = Math.floor(random() * 4);
      averager.add(Float32Array.from({ length: 4 }, (_, cell) => (cell === at ? 1 : 0)));
    }
    const found = averager.describe('cats');
    if (isBeyondChance(findStrongestLine(found), found)) said++;
  }
  expect(said).toBeLessThanOrEqual(5);
});
