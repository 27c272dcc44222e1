// The names of such parts.

import type { SplitName } from '../../dataset/folder/image-folder.js';

/** A part of a data folder; unseen: of all its images, those that the run has neither trained on nor held out. */
export type SplitChoice = SplitName | 'unseen';
export const SPLIT_CHOICES = ['train', 'validation', 'test', 'unseen'] as const satisfies SplitChoice[];
