import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabeledFile } from '../../../src/dataset/folder/image-folder.js';
import { splitStratified } from '../../../src/dataset/folder/split.js';

function filesOf(counts: number[]): LabeledFile[] {
  return counts.flatMap((count, classIndex) =>
    Array.from({ length: count }, (_, index) => ({ path: `${classIndex}/${index}.jpg`, classIndex })),
  );
}

test('every file lands in one part, in order, with each class in proportion', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 2, maxLength: 4 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.nat(),
      (counts, fraction, seed) => {
        const files = filesOf(counts);
        const { train, validation } = splitStratified(files, counts.map(String), fraction, seed);
        const inTrain = new Set(train);
        expect(files.filter((file) => inTrain.has(file))).toEqual(train);
        expect(files.filter((file) => !inTrain.has(file))).toEqual(validation);
        counts.forEach((count, classIndex) => {
          const held = validation.filter((file) => file.classIndex === classIndex).length;
          expect(held).toBe(Math.min(Math.max(Math.round(count * fraction), 1), count - 1));
        });
      },
    ),
  );
});

test('the division depends on the seed and on nothing else', () => {
  const split = (seed: number) => splitStratified(filesOf([30, 30]), ['a', 'b'], 0.5, seed).validation;
  expect(split(1)).toEqual(split(1));
  expect(split(1)).not.toEqual(split(2));
});
