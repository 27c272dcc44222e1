import { formatAmount, formatCount } from '../../base/counts.js';
import type { ImageFolder } from '../../dataset/folder/image-folder.js';
import { describeLeftOut, isHarmless } from '../shared/announce-data.js';
import { describeImbalance } from '../shared/class-imbalance.js';
import type { Finding } from '../shared/describe-findings.js';
import { nameIn } from '../shared/name-in.js';
import type { Examined } from './examine-images.js';
import type { CheckedClass } from './result.js';

// What a check finds besides what is noticed of single images.

/** Files that could not be decoded, and classes that little is left of. */
export function findUnreadable(
  { badCount, badFiles }: Examined,
  root: string,
  classes: readonly CheckedClass[],
): Finding[] {
  if (badCount === 0) return [];
  const few = classes.filter(({ imageCount, readableCount }) => readableCount * 2 < imageCount);
  const worst = few.map((of) => `${of.className} ${formatCount(of.readableCount)} of ${formatCount(of.imageCount)}`);
  const left = few.length === 0 ? '' : `; less than half are readable: ${worst.slice(0, 3).join(', ')}`;
  return [
    {
      code: 'unreadable',
      level: 'warning',
      count: badCount,
      message: `${formatAmount(badCount, 'file')} cannot be read and ${badCount === 1 ? 'is' : 'are'} left out of training${left}`,
      remedy: 'Replace or remove them.',
      examples: badFiles.map(({ path, reason }) => `${nameIn(root, path)}: ${reason}`),
    },
  ];
}

/** What the folder holds besides images that are used. */
export function findLeftOut({ root, leftOut, unusable }: ImageFolder): Finding[] {
  const splits = unusable.map(({ split, folder, problem }): Finding => {
    const message = `${split} is not used: ${nameIn(root, folder)} ${problem}`;
    const remedy = 'Put its images into the same class folders as in train.';
    return { code: 'unusable-split', level: 'warning', count: 1, message, remedy, examples: [] };
  });
  const groups = leftOut.map((group): Finding => {
    const level = isHarmless(group) ? 'note' : 'warning';
    const { count, examples } = group;
    const [message, remedy = ''] = describeLeftOut({ ...group, examples: [] }, root).split(': ');
    const named = examples.map((path) => nameIn(root, path));
    return { code: 'left-out', level, count, message: `${message} left out`, remedy, examples: named };
  });
  return [...splits, ...groups];
}

/** One class of train that outweighs another. */
export function findImbalance(classes: readonly CheckedClass[]): Finding[] {
  const counts = classes.map(({ readableCount }) => readableCount);
  const message = describeImbalance(
    counts,
    classes.map(({ className }) => className),
  );
  if (message === undefined) return [];
  const remedy = '--class-weight balanced gives all classes the same weight.';
  return [{ code: 'imbalance', level: 'warning', count: counts.length, message, remedy, examples: [] }];
}
