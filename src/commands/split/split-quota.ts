import type { SplitName } from '../../dataset/folder/image-folder.js';
import type { SplitSettings } from './options.js';

export const SPLIT_NAMES = ['train', 'validation', 'test'] as const satisfies SplitName[];

/**
 * How many images of a class each split still takes, one split after the other. What belongs to a group goes where the
 * group's first image went; when that split is full it is left out, since it belongs nowhere else.
 */
export class SplitQuota {
  readonly #left: Record<SplitName, number>;
  readonly #splitOfGroup: Map<string, SplitName>;

  /** @param splitOfGroup of the groups seen so far, of all classes; it is added to */
  constructor({ train, validation, test }: SplitSettings, splitOfGroup: Map<string, SplitName>) {
    this.#left = { train, validation, test };
    this.#splitOfGroup = splitOfGroup;
  }

  /** Images that are still wanted. */
  get wanted(): number {
    return this.#left.train + this.#left.validation + this.#left.test;
  }

  /** Whether an image of this group has a place. @param group undefined: the image belongs to none */
  hasRoom(group: string | undefined): boolean {
    return this.#find(group) !== undefined;
  }

  /** Gives an image its place; undefined: it has none. */
  take(group: string | undefined): SplitName | undefined {
    const split = this.#find(group);
    if (split === undefined) return undefined;
    this.#left[split]--;
    if (group !== undefined) this.#splitOfGroup.set(group, split);
    return split;
  }

  #find(group: string | undefined): SplitName | undefined {
    const taken = group === undefined ? undefined : this.#splitOfGroup.get(group);
    if (taken !== undefined) return this.#left[taken] > 0 ? taken : undefined;
    return SPLIT_NAMES.find((split) => this.#left[split] > 0);
  }
}
