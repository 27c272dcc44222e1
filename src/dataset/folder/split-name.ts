// Which folder names mean which split.

import type { SplitName } from './image-folder.js';

/** Words that name a split, in small letters. */
const SPLIT_WORDS: Record<SplitName, readonly string[]> = {
  train: ['train', 'training', 'trainset', 'trainingset', 'traindata', 'trn'],
  validation: ['validation', 'val', 'valid', 'dev', 'validationset', 'valset', 'validset', 'devset'],
  test: ['test', 'testing', 'testset', 'testingset', 'testdata', 'eval', 'evaluation', 'holdout'],
};

/** Words that say nothing beside one of those: `train_set`, `Test Images`. */
const FILLERS = new Set(['set', 'data', 'dataset', 'images', 'image', 'imgs', 'img', 'photos', 'pictures', 'folder']);

/** Words that stand for another thing outside of `dev`, `eval` and the like: only alone they name a split. */
const ALONE_ONLY = new Set(['dev', 'eval', 'evaluation', 'holdout', 'trn']);

/** The split that a folder's name stands for. */
export interface SplitClaim {
  split: SplitName;
  /** the name says nothing else (`train`, `test1`, `training_set`); else it does (`seg_train`), and may be a class's */
  certain: boolean;
}

/** Takes a folder's name for a split's: `train`, `Training`, `val2017`, `test_set`, `seg_train`, `asl_alphabet_test`. */
export function readSplitName(name: string): SplitClaim | undefined {
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  const meaningful = words.length === 1 ? words : words.filter((word) => !FILLERS.has(word));
  for (const split of Object.keys(SPLIT_WORDS) as SplitName[]) {
    const isMeant = (word: string | undefined) => word !== undefined && SPLIT_WORDS[split].includes(word);
    if (meaningful.length === 1 && isMeant(meaningful[0])) return { split, certain: true };
    const ends = [meaningful[0], meaningful.at(-1)].filter((word) => word !== undefined && !ALONE_ONLY.has(word));
    if (ends.some(isMeant)) return { split, certain: false };
  }
  return undefined;
}
