// Finds duplicate images.

import { CONTENT_WORDS, type FingerprintTable } from './fingerprint-table.js';
import { joinSimilar } from './similar-hashes.js';

/**
 * Two pictures count as one when at most so many of the 256 bits differ. Measured on 4,000 of Kaggle's cats and dogs (8
 * million pairs): the one pair that shows the same differs in 10, no other in fewer than 80. Drawings without detail come
 * closer: 2 pairs of the 404,550 of the sample set are wrongly found. Of 500 of those images, saved again at quality 20
 * one differs from itself in 20 at most, brightened by a fifth in 32, at a quarter of its size in 38, turned by 1 degree or
 * cut around by 2 % of its sides in 40; cut by 5 % two in three are found, by 10 % one in 250. Cut on one side only by 2 %
 * 93 of 100 are found, by 5 % none.
 */
const MAX_DISTANCE = 48;

/** A group of duplicate images. */
export interface DuplicateGroup {
  /** indexes into what was compared, ascending, two or more */
  members: number[];
  /** bits in which their perceptual hashes differ, the largest difference that joined two; 0 with `identical` */
  distance: number;
  /** the same bytes throughout */
  identical: boolean;
}

/**
 * Finds files with the same bytes and pictures that look the same: saved again, resized, brightened, cut a little. (Not
 * mirrored ones or larger crops.) What looks like one of a group belongs to the group. Memory: some 20 bytes an image besides
 * the groups.
 *
 * @returns in the order of their first members
 * @throws the signal's reason
 */
export async function findDuplicates(table: FingerprintTable, signal?: AbortSignal): Promise<DuplicateGroup[]> {
  const firsts = findFirstOfContent(table);
  const forest = new Forest(table.count);
  const members: number[] = [];
  for (let index = 0; index < table.count; index++) {
    if (firsts[index] === index && table.hasHash(index)) members.push(index);
  }
  await joinSimilar(table, members, forest, { maxDistance: MAX_DISTANCE, signal });
  const groups = new Map<number, DuplicateGroup>();
  const sizes = new Uint32Array(table.count);
  const rootOf = (index: number) => forest.rootOf(firsts[index] as number);
  for (let index = 0; index < table.count; index++) {
    if (table.has(index)) sizes[rootOf(index)] = (sizes[rootOf(index)] as number) + 1;
  }
  for (let index = 0; index < table.count; index++) {
    if (!table.has(index) || (sizes[rootOf(index)] as number) < 2) continue;
    const root = rootOf(index);
    const group = groups.get(root) ?? { members: [], distance: forest.distanceOf(root), identical: true };
    if (firsts[index] !== firsts[group.members[0] ?? index]) group.identical = false;
    group.members.push(index);
    groups.set(root, group);
  }
  return [...groups.values()];
}

/** For each image the first one with the same content, by a hash table with open addressing. */
function findFirstOfContent(table: FingerprintTable): Int32Array {
  const { contents, count } = table;
  const firsts = Int32Array.from({ length: count }, (_, index) => index);
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  for (let index = 0; index < count; index++) {
    if (!table.has(index)) continue;
    for (let slot = (contents[index * CONTENT_WORDS] as number) & mask; ; slot = (slot + 1) & mask) {
      const other = slots[slot] as number;
      if (other < 0) slots[slot] = index;
      else if (!haveSameContent(contents, index, other)) continue;
      else firsts[index] = other;
      break;
    }
  }
  return firsts;
}

function haveSameContent(contents: Uint32Array, a: number, b: number): boolean {
  for (let word = 0; word < CONTENT_WORDS; word++) {
    if (contents[a * CONTENT_WORDS + word] !== contents[b * CONTENT_WORDS + word]) return false;
  }
  return true;
}

/** What looks the same is in one tree. */
class Forest {
  readonly #parents: Int32Array;
  /** of roots: the largest distance that joined two */
  readonly #distances: Uint8Array;

  constructor(count: number) {
    this.#parents = Int32Array.from({ length: count }, (_, index) => index);
    this.#distances = new Uint8Array(count);
  }

  rootOf(index: number): number {
    const parents = this.#parents;
    let root = index;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] as number] as number;
      root = parents[root] as number;
    }
    return root;
  }

  distanceOf(root: number): number {
    return this.#distances[root] as number;
  }

  areJoined(a: number, b: number): boolean {
    return this.rootOf(a) === this.rootOf(b);
  }

  join(a: number, b: number, distance: number): void {
    const [root, other] = [this.rootOf(a), this.rootOf(b)];
    this.#distances[root] = Math.max(this.distanceOf(root), this.distanceOf(other), distance);
    this.#parents[other] = root;
  }
}
