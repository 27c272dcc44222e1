// The names of the parts of a data folder.

import type { SplitName } from '../../dataset/folder/image-folder.js';
import { choice } from '../../options/kinds.js';

/**
 * A part of a data folder; unseen: of all its images, those that the run has neither trained on nor held out; held-out: the
 * validation and the test images.
 */
export type SplitChoice = SplitName | 'unseen' | 'held-out';
export const SPLIT_CHOICES: readonly SplitChoice[] = ['train', 'validation', 'test', 'unseen', 'held-out'];

/** Which part of a data folder. */
export const splitChoice = choice(SPLIT_CHOICES, {
  help: 'part of the folder (default: test, else validation, else all); unseen: never seen by the run; held-out: validation and test',
});
