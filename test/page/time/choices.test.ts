import { expect, test } from 'vitest';
import { chooseTicks } from '../../../src/page/client/time/ticks.js';
import { strongestChannels } from '../../../src/page/time/strongest-channels.js';
import { thinEpochs } from '../../../src/page/time/thin-epochs.js';

test('of too many epochs every nth is shown, with the first and the last', () => {
  expect(thinEpochs(3, 10)).toEqual([0, 1, 2, 3]);
  expect(thinEpochs(10, 4)).toEqual([0, 4, 8, 10]);
  expect(thinEpochs(0, 4)).toEqual([0]);
  for (let last = 0; last < 300; last++) {
    const epochs = thinEpochs(last, 24);
    expect([last, epochs.length <= 24, epochs[0], epochs.at(-1)]).toEqual([last, true, 0, last]);
  }
});

test('the strongest channels are those that reach furthest from 0, in their own order', () => {
  const ranges = new Map([
    [0, [0, 1]],
    [1, [-5, 0]],
    [2, [0, 3]],
    [3, [0, 3]],
  ] as [number, [number, number]][]);
  expect(strongestChannels(ranges, 2)).toEqual([1, 2]);
  expect(strongestChannels(ranges, 9)).toEqual([0, 1, 2, 3]);
});

test('an axis has round numbers, with as many digits as they need', () => {
  expect(chooseTicks(0.41, 0.72, 4).map(({ text }) => text)).toEqual(['0.5', '0.6', '0.7']);
  expect(chooseTicks(0, 30, 5).map(({ text }) => text)).toEqual(['0', '10', '20', '30']);
  expect(chooseTicks(0.512, 0.518, 4).map(({ text }) => text)).toEqual(['0.512', '0.514', '0.516', '0.518']);
});
