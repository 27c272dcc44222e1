import { expect, test } from 'vitest';
import {
  checkPrediction,
  describeChecked,
  describeCorrectness,
  readTrueClasses,
} from '../../../src/commands/shared/true-class.js';

const CLASSES = ['cats', 'dogs', 'caf\u00e9'];

test.each([
  ['/x/test/dogs/a.jpg', 'dogs'],
  ['/x/test/dogs/deep/er/b.jpg', 'dogs'],
  ['/x/test/dogs/cats/c.jpg', 'cats'],
  ['/x/test/cafe\u0301/d.jpg', 'caf\u00e9'],
  ['/x/test/Dogs/e.jpg', undefined],
  ['/x/test/dogs2/e.jpg', undefined],
  ['/x/test/e.jpg', undefined],
  ['/x/cats/one.jpg', 'cats'],
  ['/x/cats/more/one.jpg', undefined],
])('the nearest folder with the exact name of a class says what %s shows: %s', (image, trueClass) => {
  const trueClassOf = readTrueClasses(['/x/test', '/x/cats/one.jpg', '/x/cats/more/one.jpg'], CLASSES);
  expect(trueClassOf(image)).toBe(trueClass);
});

test('the folder that was named counts, those above it do not', () => {
  expect(readTrueClasses(['/home/dogs'], CLASSES)('/home/dogs/a.jpg')).toBe('dogs');
  expect(readTrueClasses(['/home/dogs/photos'], CLASSES)('/home/dogs/photos/2026/a.jpg')).toBeUndefined();
});

test('without names no folder says anything', () => {
  expect(readTrueClasses(['/x'], [])('/x/cats/a.jpg')).toBeUndefined();
});

test('a prediction is right, wrong, or not checked', () => {
  const prediction = { className: 'cats', probability: 0.96 };
  const [right, wrong, unknown] = ['cats', 'dogs', undefined].map((name) => checkPrediction(prediction, name));
  expect([right, wrong, unknown]).toEqual([
    { ...prediction, trueClass: 'cats', correct: true },
    { ...prediction, trueClass: 'dogs', correct: false },
    prediction,
  ]);
  expect([right, wrong, unknown].map((one) => describeCorrectness(one ?? {}))).toEqual([
    'right',
    'WRONG: the folder says dogs',
    undefined,
  ]);
  expect(describeChecked(wrong ?? null)).toBe('cats 0.9600, WRONG: the folder says dogs');
  expect([describeChecked(unknown ?? null), describeChecked(null)]).toEqual([undefined, undefined]);
});
