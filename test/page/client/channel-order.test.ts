import { expect, it } from 'vitest';
import { orderChannels } from '../../../src/page/client/channel-order.js';

const layer = {
  min: [0, 0, 0, 0],
  max: [9, 7, 8, 9],
  mean: [1, 3, 2, 1],
  contribution: [0.5, 9, -2, 1],
  nonFinite: { 1: [0, 1] },
};

it('the largest comes first, a contribution by its size, of equal ones the lower number, last what has no such number', () => {
  expect(orderChannels(layer, 'number')).toEqual([0, 1, 2, 3]);
  expect(orderChannels(layer, 'mean')).toEqual([2, 0, 3, 1]);
  expect(orderChannels(layer, 'max')).toEqual([0, 3, 2, 1]);
  expect(orderChannels(layer, 'contribution')).toEqual([2, 3, 0, 1]);
  expect(orderChannels({ min: [0, 0], max: [1, 2], mean: [0, 0] }, 'contribution')).toEqual([0, 1]);
});

it('an AUC counts by its distance from chance', () => {
  expect(orderChannels({ ...layer, nonFinite: {} }, 'auc', [0.6, 0.5, 0.1, null])).toEqual([2, 0, 1, 3]);
});
