// What was left out of a data folder, by reason.

import { relative } from 'node:path';
import { formatAmount } from '../../base/counts.js';

/** Why something in a data folder is not used. */
export type LeftOutReason =
  /** the system's own: hidden, Thumbs.db, @eaDir, __MACOSX */
  | 'hidden'
  /** a file that holds no image */
  | 'no-image'
  /** a HEIC or HEIF image */
  | 'heic'
  /** an image in another format that cannot be decoded */
  | 'format'
  /** a name that is not UTF-8 */
  | 'name'
  /** a link to a folder outside of the data folder, or in a circle */
  | 'link'
  /** an archive inside an archive */
  | 'archive'
  /** an entry of an archive that is neither a file nor a folder */
  | 'special'
  /** an image beside the class folders */
  | 'loose'
  /** a folder without images beside the class folders */
  | 'empty-folder'
  /** a folder with images that is neither a class nor a split */
  | 'folder';

/** What was left out for one reason. */
export interface LeftOut {
  reason: LeftOutReason;
  count: number;
  /** the first few, absolute paths; bytes that are not UTF-8 as `\xe9` */
  examples: string[];
}

/** What is left out, in words: one and several, and what can be done about it. */
const WORDS: Record<LeftOutReason, [string, string, string?]> = {
  hidden: ['hidden or system file', 'hidden or system files'],
  'no-image': ['file that is not an image', 'files that are not images'],
  heic: [
    'HEIC image',
    'HEIC images',
    'convert to JPEG, for example with "magick mogrify -format jpg *.heic" or heif-convert',
  ],
  format: [
    'image in an unsupported format',
    'images in unsupported formats',
    'convert to PNG or JPEG, for example with "magick mogrify -format png *"',
  ],
  name: ['file whose name is not UTF-8', 'files whose names are not UTF-8', 'rename, for example with convmv'],
  link: [
    'link to a folder outside the data folder, or to one that is already used',
    'links to folders outside the data folder, or to ones that are already used',
    'replace it with the images themselves',
  ],
  archive: ['archive inside an archive', 'archives inside archives', 'unpack, or pack the files themselves'],
  special: [
    'entry of an archive that is neither a file nor a folder',
    'entries of archives that are neither files nor folders',
    'pack what links lead to, with "tar --dereference"',
  ],
  loose: ['image beside the class folders', 'images beside the class folders'],
  'empty-folder': ['folder without images', 'folders without images'],
  folder: [
    'folder of images that is neither a class nor a split',
    'folders of images that are neither classes nor splits',
  ],
};

/** `16 images in unsupported formats (for example a/1.svg): convert to ...` @param root examples are named from there */
export function describeLeftOut({ reason, count, examples }: LeftOut, root: string): string {
  const [singular, plural, advice] = WORDS[reason];
  const named = examples.map((path) => relative(root, path)).join(', ');
  const such = count > examples.length ? 'for example ' : '';
  const which = named === '' ? '' : ` (${such}${named})`;
  return `${formatAmount(count, singular, plural)}${which}${advice === undefined ? '' : `: ${advice}`}`;
}

/** Whether nobody can have meant to use it. */
export function isHarmless({ reason }: Pick<LeftOut, 'reason'>): boolean {
  return reason === 'hidden' || reason === 'no-image';
}

/** How many examples are kept. */
const EXAMPLES = 3;

/** Counts what is left out by its reason, in bounded memory. */
export class LeftOutList {
  readonly #found = new Map<LeftOutReason, LeftOut>();

  add(reason: LeftOutReason, path: string): void {
    this.merge([{ reason, count: 1, examples: [path] }]);
  }

  merge(others: readonly LeftOut[]): void {
    for (const { reason, count, examples } of others) {
      const known = this.#found.get(reason) ?? { reason, count: 0, examples: [] };
      known.count += count;
      known.examples.push(...examples.slice(0, EXAMPLES - known.examples.length));
      this.#found.set(reason, known);
    }
  }

  toArray(): LeftOut[] {
    return [...this.#found.values()];
  }
}
