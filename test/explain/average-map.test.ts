import { expect, test } from 'vitest';
import { compareWithAverages, measureAverageShare } from '../../src/explain/average-map.js';
import { pixelsOf } from '../../src/explain/locate-cells.js';

const plane = (...values: number[]) => ({ width: values.length, height: 1, values: Float32Array.from(values) });

test.each([
  ['all of a multiple of it', [2, 4], [1, 2], 1],
  ['nothing of what lies elsewhere', [0, 3], [5, 0], 0],
  ['nothing of its opposite', [-1, -2], [1, 2], 0],
  ['the square of the cosine between', [3, 4], [1, 0], 9 / 25],
  ['unknown of a map that is 0', [0, 0], [1, 0], undefined],
  ['unknown where a value is infinite', [Infinity, 0], [1, 0], undefined],
])('the average map explains %s', (_, own, average, share) => {
  const found = measureAverageShare(plane(...own), Float32Array.from(average), 'layer');
  expect(found).toEqual(share === undefined ? undefined : expect.closeTo(share, 6));
});

test('the average is taken off where that is asked for, and a class without one stays as it is', async () => {
  const layer = pixelsOf([1, 2, 1]);
  const maps = [3, 1].map((value, classIndex) => {
    return { classIndex, score: 0, map: plane(value, 4), methodsAreEqual: false };
  });
  const mapped = [{ method: 'hirescam' as const, layer, maps }];
  const find = async () => [[{ values: Float32Array.of(1, 0), imageCount: 7 }, undefined]];
  const values = async (isTakenOff: boolean) => {
    const [compared] = await compareWithAverages(mapped, find, isTakenOff);
    return compared?.maps.map(({ map, average }) => [[...map.values], average]);
  };
  const average = { share: expect.closeTo(9 / 25, 6), imageCount: 7 };
  expect(await values(false)).toEqual([
    [[3, 4], average],
    [[1, 4], undefined],
  ]);
  expect(await values(true)).toEqual([
    [[2, 4], average],
    [[1, 4], undefined],
  ]);
});
