// What file names reveal about images that belong together.

import { formatAmount, formatCount } from '../../base/counts.js';
import { findNameGroups } from '../../dataset/examine/name-groups.js';
import { pathInClass } from '../../dataset/folder/group-by.js';
import type { ImageFolder, LabeledFile } from '../../dataset/folder/image-folder.js';
import type { Finding } from './describe-findings.js';

/** Names that say that images belong together, where training will part them at random. */
export function findGroupsInNames(
  { root, classNames }: Pick<ImageFolder, 'root' | 'classNames'>,
  files: readonly LabeledFile[],
  isDivided: boolean,
): Finding[] {
  const fileOf = (index: number) => files[index] as LabeledFile;
  const groups = findNameGroups({
    count: files.length,
    nameOf: (index) => pathInClass(root, classNames[fileOf(index).classIndex] as string, fileOf(index).path),
    classOf: (index) => fileOf(index).classIndex,
  });
  if (groups === undefined) return [];
  const { by, groupCount, imageCount, groupBy, examples } = groups;
  const what = {
    folder: 'share a folder of their class',
    frame: 'have names like frames of one recording',
    number: 'have names that differ only in a number',
  }[by];
  const many = `${formatCount(imageCount)} images in ${formatAmount(groupCount, 'group')} ${what}`;
  const parted = isDivided
    ? 'if they show the same thing, each group belongs in one split'
    : 'training will split them between train and validation, so validation metrics will be too good';
  return [
    {
      code: 'name-groups',
      level: isDivided || by === 'number' ? 'note' : 'warning',
      count: groupCount,
      message: `${many}: ${parted}`,
      remedy: `Keep each group on one side: --group-by ${by === 'folder' ? groupBy : `'${groupBy}'`}`,
      examples: [examples.join(', ')],
    },
  ];
}
