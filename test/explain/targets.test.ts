import { expect, test } from 'vitest';
import { chooseClasses, classTarget, findClasses, targetScore } from '../../src/explain/targets.js';

test("a single score is class 1's, and class 0's with its sign turned", () => {
  const scores = Float32Array.of(2.5);
  expect([0, 1].map((index) => targetScore(classTarget(index, 1), scores))).toEqual([-2.5, 2.5]);
});

test('of several scores each is its own class', () => {
  expect([...classTarget(2, 4).scoreWeights]).toEqual([0, 0, 1, 0]);
  expect(targetScore(classTarget(2, 4), Float32Array.of(1, 2, 3, Number.NaN))).toBe(3);
});

test('two classes are shown in their order, of more the predicted one and the runner-up', () => {
  expect(chooseClasses(Float32Array.of(-3), 'probabilities')).toEqual([0, 1]);
  expect(chooseClasses(Float32Array.of(1, 5), 'probabilities')).toEqual([0, 1]);
  expect(chooseClasses(Float32Array.of(1, 5, 2), 'probabilities')).toEqual([1, 2]);
  expect(chooseClasses(Float32Array.of(4, 4, 4), 'probabilities')).toEqual([0, 1]);
});

test('classes are found by name, by number, and by a name that is a number first', () => {
  expect(findClasses(['dogs', 0, '1'], ['cats', 'dogs'], 1)).toEqual([1, 0]);
  expect(findClasses(['0', 1], ['1', '0'], 2)).toEqual([1, 0]);
  expect(findClasses([2], [], 3)).toEqual([2]);
});

test.each(['birds', '2', '-1', '1.5', ''])('an unknown class "%s" is refused with those there are', (choice) => {
  expect(() => findClasses([choice], ['cats', 'dogs'], 1)).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND', hint: 'Its classes are: cats, dogs; or 0 to 1.' }),
  );
});

test.each(['3', 3])('where classes are named by numbers, %o is a name and never an index', (choice) => {
  const classNames = ['1', '10', '100', '11', '2'];
  expect(findClasses(['11', 2], classNames, 5)).toEqual([3, 4]);
  expect(() => findClasses([choice], classNames, 5)).toThrow(
    expect.objectContaining({
      code: 'NOT_FOUND',
      hint: 'Its classes are: 1, 10, 100, 11, 2. A number here is the name of a class.',
    }),
  );
});

test('a class is found by its name in whichever Unicode form it is typed', () => {
  expect(findClasses(['cafe\u0301'], ['b', 'caf\u00e9'], 1)).toEqual([1]);
  expect(findClasses(['caf\u00e9'], ['b', 'cafe\u0301'], 1)).toEqual([1]);
});

test('of labels those above one half are explained, or the most probable', () => {
  expect(chooseClasses(Float32Array.of(-1, 2, 0.1), 'labels')).toEqual([1, 2]);
  expect(chooseClasses(Float32Array.of(-1, -0.2, -3), 'labels')).toEqual([1]);
});
