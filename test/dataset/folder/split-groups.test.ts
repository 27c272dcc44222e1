import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/base/random.js';
import { groupFiles, requireGroupBy } from '../../../src/dataset/folder/group-by.js';
import type { LabeledFile } from '../../../src/dataset/folder/image-folder.js';
import { splitGroups } from '../../../src/dataset/folder/split-groups.js';

/** Files of the groups of each class: sizes by class. */
function makeFiles(sizes: number[][]): { files: LabeledFile[]; keys: string[] } {
  const files: LabeledFile[] = [];
  const keys: string[] = [];
  for (const [classIndex, groups] of sizes.entries()) {
    for (const [group, size] of groups.entries()) {
      for (let file = 0; file < size; file++) {
        files.push({ path: `/d/${classIndex}/${group}-${file}.png`, classIndex });
        keys.push(`${classIndex}:${group}`);
      }
    }
  }
  return { files, keys };
}

const countClass = (files: readonly LabeledFile[], classIndex: number) =>
  files.filter((file) => file.classIndex === classIndex).length;

describe('groups', () => {
  test.each([1, 2, 3, 4, 5])('never lie on both sides, and classes give their part, with seed %i', (seed) => {
    const random = createRandom(seed, 'sample');
    const sizes = [0, 1, 2].map(() => Array.from({ length: 30 }, () => 1 + Math.floor(random() * 9)));
    const { files, keys } = makeFiles(sizes);
    const { train, validation } = splitGroups(files, keys, ['a', 'b', 'c'], 0.2, seed);
    const keyOf = new Map(files.map((file, index) => [file, keys[index]]));
    const trained = new Set(train.map((file) => keyOf.get(file)));
    expect(validation.filter((file) => trained.has(keyOf.get(file)))).toEqual([]);
    expect(new Set([...train, ...validation]).size).toBe(files.length);
    for (const classIndex of [0, 1, 2]) {
      const fraction = countClass(validation, classIndex) / countClass(files, classIndex);
      expect(Math.abs(fraction - 0.2)).toBeLessThan(0.01);
    }
  });

  test('are divided as well as their sizes allow', () => {
    const { files, keys } = makeFiles([
      [50, 30, 20],
      [90, 10],
    ]);
    const { validation } = splitGroups(files, keys, ['a', 'b'], 0.2, 7);
    expect([countClass(validation, 0), countClass(validation, 1)]).toEqual([20, 10]);
  });

  test('are divided so that moving or exchanging any of them gains nothing', () => {
    const improvable = Array.from({ length: 60 }, (_, seed) => seed).filter((seed) => {
      const random = createRandom(seed, 'sample');
      const sizes = Array.from({ length: 6 }, () => 1 + Math.floor(random() * 20));
      const { files, keys } = makeFiles([sizes]);
      const { validation } = splitGroups(files, keys, ['a'], 0.3, seed);
      const heldOut = new Set(validation.map((file) => keys[files.indexOf(file)]));
      const excess = validation.length - Math.round(0.3 * files.length);
      const moves = sizes.map((size, group) => (heldOut.has(`0:${group}`) ? -size : size));
      const exchanges = moves.flatMap((move) => moves.map((other) => (move > 0 && other < 0 ? move + other : 0)));
      return [...moves, ...exchanges].some((change) => Math.abs(excess + change) < Math.abs(excess));
    });
    expect(improvable).toEqual([]);
  });

  test('are a function of the seed', () => {
    const { files, keys } = makeFiles([new Array(40).fill(3), new Array(40).fill(2)]);
    const divide = (seed: number) => splitGroups(files, keys, ['a', 'b'], 0.25, seed).validation;
    expect(divide(1)).toEqual(divide(1));
    expect(divide(2)).not.toEqual(divide(1));
  });

  test('of several classes stay together', () => {
    const { files, keys } = makeFiles([
      [4, 4, 4, 4],
      [4, 4, 4, 4],
    ]);
    const shared = keys.map((key) => key.slice(2));
    const { validation } = splitGroups(files, shared, ['a', 'b'], 0.25, 3);
    expect(new Set(validation.map(({ path }) => path.slice(5, 6))).size).toBe(1);
    expect([countClass(validation, 0), countClass(validation, 1)]).toEqual([4, 4]);
  });

  test('of which a class has one only are refused', () => {
    const { files, keys } = makeFiles([[5, 5], [8]]);
    expect(() => splitGroups(files, keys, ['a', 'b'], 0.2, 1)).toThrow(
      expect.objectContaining({
        code: 'BAD_DATASET',
        message: 'class "b" has only one group ("1:0"), of 8 images: nothing can be set aside for validation',
      }),
    );
  });

  test('that tie classes together so that one would be on one side are refused', () => {
    const files = [0, 1, 0, 1, 2, 2].map((classIndex, index) => ({ path: `/d/${index}`, classIndex }));
    const keys = ['x', 'x', 'y', 'z', 'x', 'y'];
    const { train, validation } = splitGroups(files, keys, ['a', 'b', 'c'], 0.5, 1);
    const classesOf = (part: LabeledFile[]) => new Set(part.map(({ classIndex }) => classIndex)).size;
    expect([classesOf(train), classesOf(validation)]).toEqual([3, 3]);
    const tied = [0, 0, 1, 1, 2, 2].map((classIndex, index) => ({ path: `/d/${index}`, classIndex }));
    expect(() => splitGroups(tied, ['x', 'y', 'y', 'z', 'z', 'x'], ['a', 'b', 'c'], 0.5, 1)).toThrow(/no division/);
  });
});

describe('what groups are made by', () => {
  const files = ['cats/rec1/f 1.png', 'cats/rec1/f 2.png', 'cats/rec2_1.png', 'train/dogs/rec1_9.png'].map(
    (name, index) => ({
      path: `/d/${name}`,
      classIndex: index < 3 ? 0 : 1,
    }),
  );
  const group = (groupBy: string) => groupFiles(files, '/d', ['cats', 'dogs'], groupBy);

  test('the folder of a file', () => {
    expect(group('folder').keys).toEqual(['cats/rec1', 'cats/rec1', 'cats', 'train/dogs']);
  });

  test('what an expression matches in the path within the class folder, in all classes', () => {
    expect(group('^rec\\d').keys).toEqual(['rec1', 'rec1', 'rec2', 'rec1']);
    expect(group('rec(\\d)').keys).toEqual(['1', '1', '2', '1']);
  });

  test('a file that is not matched by itself', () => {
    const { keys, unmatched } = group('^(rec\\d)_');
    expect(new Set(keys).size).toBe(4);
    expect(unmatched).toEqual(['/d/cats/rec1/f 1.png', '/d/cats/rec1/f 2.png']);
  });

  test.each(['^patient', '(', ''])('"%s" is refused', (groupBy) => {
    const check = () => {
      requireGroupBy(groupBy);
      group(groupBy);
    };
    expect(check).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  });
});
