import { expect, test } from 'vitest';
import { chooseClasses, renderProbabilities } from '../../src/rendering/probabilities.js';
import { expectGolden } from '../helpers/golden.js';

const classes = (...probabilities: number[]) =>
  probabilities.map((probability, index) => ({ className: `class ${index}`, probability }));

test('both classes of a sigmoid, with the true one named', () => {
  const named = [
    { className: 'cats', probability: 0.0398, role: 'true' },
    { className: 'dogs', probability: 0.9602 },
  ];
  expectGolden('probabilities-2', renderProbabilities({ title: 'dense_2', shape: [1, 1], classes: named }));
});

test('the most probable of many classes, and how many more there are; a long name loses its end', () => {
  const many = classes(...Array.from({ length: 25 }, (_, index) => (index + 1) / 325));
  const long = {
    className: 'a class whose name is so long that it would leave no room for any bar at all',
    probability: 0.5,
  };
  expectGolden('probabilities-26', renderProbabilities({ title: 'dense_2', shape: [1, 26], classes: [...many, long] }));
});

test('a few classes keep their order', () => {
  expect(chooseClasses(classes(0.2, 0.7, 0.1), 3).map(({ className }) => className)).toEqual([
    'class 0',
    'class 1',
    'class 2',
  ]);
  expect(chooseClasses(classes(0.2, 0.7, 0.1), 2).map(({ className }) => className)).toEqual(['class 1', 'class 0']);
});
