// Sets validation images aside, class by class.

import { CnnvizError } from '../../base/errors.js';
import { createRandom, permutation } from '../../base/random.js';
import type { LabeledFile } from './image-folder.js';

/**
 * Divides files into training and validation, class by class, so that both have the classes in the same proportions.
 * Each class gives `round(count * validationSplit)` files, at least one and never all. Both parts keep the given order.
 *
 * @param files grouped in any way
 * @param validationSplit fraction in (0, 1)
 * @param seed uint32; the division is a function of it and of each class's list
 * @throws CnnvizError BAD_DATASET when a class has only one file
 */
export function splitStratified(
  files: readonly LabeledFile[],
  classNames: readonly string[],
  validationSplit: number,
  seed: number,
): { train: LabeledFile[]; validation: LabeledFile[] } {
  const chosen = new Set<LabeledFile>();
  classNames.forEach((className, classIndex) => {
    const members = files.filter((file) => file.classIndex === classIndex);
    if (members.length < 2) {
      throw new CnnvizError(
        'BAD_DATASET',
        `class "${className}" has ${members.length} image: too few to set one aside for validation`,
        { hint: 'Add images to it, or use a validation split of 0.' },
      );
    }
    const wanted = Math.round(members.length * validationSplit);
    const count = Math.min(Math.max(wanted, 1), members.length - 1);
    const order = permutation(members.length, createRandom(seed, 'split', classIndex));
    for (const index of order.subarray(0, count)) chosen.add(members[index] as LabeledFile);
  });
  return { train: files.filter((file) => !chosen.has(file)), validation: files.filter((file) => chosen.has(file)) };
}
