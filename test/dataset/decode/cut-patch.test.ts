import { expect, test } from 'vitest';
import { cutPatch } from '../../../src/dataset/decode/cut-patch.js';
import { seenBox } from '../../../src/dataset/decode/fit.js';

/** 4 x 2 pixels, red alone: 0, 10, 20, 30 and 100, 110, 120, 130. */
const photograph = {
  width: 4,
  height: 2,
  data: Uint8Array.from([0, 10, 20, 30, 100, 110, 120, 130].flatMap((red) => [red, 0, 0])),
};
const cut = (box: [left: number, top: number, width: number, height: number], width: number, height: number) => {
  const [left, top, boxWidth, boxHeight] = box;
  const { data } = cutPatch(photograph, { left, top, width: boxWidth, height: boxHeight }, { width, height });
  return Array.from({ length: width * height }, (_, at) => (data[at * 4 + 3] === 0 ? null : data[at * 4]));
};

test('pixels are copied where the size stays', () => {
  expect(cut([1, 0, 2, 2], 2, 2)).toEqual([10, 20, 110, 120]);
});

test('each pixel of a smaller picture is the mean of all that it covers', () => {
  expect(cut([0, 0, 4, 2], 2, 1)).toEqual([55, 75]);
  expect(cut([0.5, 0, 1, 1], 1, 1)).toEqual([5]);
});

test('pixels stay visible in a larger picture', () => {
  expect(cut([1, 0, 2, 1], 4, 1)).toEqual([10, 10, 20, 20]);
});

test('what lies beyond the border is left out', () => {
  expect(cut([-2, 0, 4, 1], 4, 1)).toEqual([null, null, 0, 10]);
  expect(cut([2, 1, 4, 2], 4, 2)).toEqual([120, 130, null, null, null, null, null, null]);
});

test('the network sees all of an image, its middle, or bars beside it', () => {
  const [wide, input] = [
    { width: 40, height: 20 },
    { width: 10, height: 10 },
  ];
  expect(seenBox(wide, input)).toEqual({ left: 0, top: 0, width: 40, height: 20 });
  expect(seenBox(wide, { ...input, fit: 'crop' })).toEqual({ left: 10, top: 0, width: 20, height: 20 });
  expect(seenBox(wide, { ...input, fit: 'pad' })).toEqual({ left: -0, top: -10, width: 40, height: 40 });
});
