import { expect, test } from 'vitest';
import { describeStuckAtChance } from '../../src/training/stuck-at-chance.js';

// Two standard errors of five epochs of 500 images each: 2 sqrt(0.25 / 2500) = 0.02
const half = { accuracy: 0.5, images: 500 };
const five = (accuracy: number) => [accuracy, accuracy, accuracy, accuracy, accuracy];

test('five epochs at chance are reported', () => {
  expect(describeStuckAtChance({ acc: five(0.51), val_acc: five(0.5) }, half, half)).toBe(
    'the network is stuck at chance: its accuracy in the last 5 epochs is 0.510, always predicting the largest class scores ' +
      '0.500; a different --learning-rate or --seed may help',
  );
  expect(describeStuckAtChance({ acc: five(0.519) }, half, undefined)).toContain('in the last 5 epochs is 0.519');
});

test('four epochs are too few, and two standard errors above chance is more than chance', () => {
  expect(describeStuckAtChance({ acc: five(0.5).slice(1) }, half, undefined)).toBeUndefined();
  expect(describeStuckAtChance({ acc: five(0.521) }, half, undefined)).toBeUndefined();
});

test('who learns in validation alone, as with strong augmentation, is not stuck', () => {
  expect(describeStuckAtChance({ acc: five(0.5), val_acc: five(0.6) }, half, half)).toBeUndefined();
  expect(describeStuckAtChance({ acc: five(0.6), val_acc: five(0.5) }, half, half)).toBeUndefined();
});

test('chance is the share of the largest class', () => {
  const unequal = { accuracy: 0.8, images: 500 };
  expect(describeStuckAtChance({ acc: five(0.8) }, unequal, undefined)).toContain('scores 0.800');
  expect(describeStuckAtChance({ acc: five(0.83) }, unequal, undefined)).toBeUndefined();
});

test('where one class outweighs another, weighing them is named first', () => {
  const unequal = { accuracy: 0.8, images: 500, isImbalanced: true };
  expect(describeStuckAtChance({ acc: five(0.8) }, unequal, undefined)).toMatch(
    /; --class-weight balanced, or a different --learning-rate or --seed may help$/,
  );
});

test('it is reported when it begins, later too, and not again in each epoch after', () => {
  expect(describeStuckAtChance({ acc: [...five(0.5), 0.5] }, half, undefined)).toBeUndefined();
  expect(describeStuckAtChance({ acc: [0.9, 0.9, ...five(0.5)] }, half, undefined)).toContain('epochs is 0.500');
  expect(describeStuckAtChance({ acc: [0.9, 0.9, ...five(0.5), 0.5] }, half, undefined)).toBeUndefined();
});

test('nothing is known before the first epoch', () => {
  expect(describeStuckAtChance({}, half, half)).toBeUndefined();
});
