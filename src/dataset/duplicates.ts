import { setImmediate } from 'node:timers/promises';
import type { Fingerprint } from './fingerprint.js';
import { hashDistance } from './perceptual-hash.js';

/**
 * Two pictures count as one when at most so many of the 256 bits differ. Measured on 4,000 of Kaggle's cats and dogs (8
 * million pairs): the one pair that shows the same differs in 8, no other in fewer than 84. Drawings without detail come
 * closer: 2 pairs of the 404,550 of the sample set are wrongly found. A photograph saved again at quality 20, at a quarter
 * of its size or brightened by a fifth differs from itself in 32 at most, turned by 1 degree or cut by 2 % in 38; cut by
 * 5 % three in four are found, by 10 % none.
 */
const MAX_DISTANCE = 48;

/** How many rows of comparisons go by before other work, such as a signal, gets its turn. */
const ROWS_PER_TURN = 64;

/** The same picture several times. */
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
 * mirrored ones or larger crops.) What looks like one of a group belongs to the group.
 *
 * @throws the signal's reason
 */
export async function findDuplicates(
  fingerprints: readonly Fingerprint[],
  signal?: AbortSignal,
): Promise<DuplicateGroup[]> {
  const contents = groupByContent(fingerprints);
  const groups = new Map<number, DuplicateGroup>();
  const { rootOf, distanceOf } = await joinSimilar(
    contents.map(([first]) => fingerprints[first as number]?.perceptual),
    signal,
  );
  for (const [index, members] of contents.entries()) {
    const root = rootOf(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, { members, distance: distanceOf(root), identical: true });
    else {
      group.members.push(...members);
      group.identical = false;
    }
  }
  for (const group of groups.values()) group.members.sort((a, b) => a - b);
  return [...groups.values()].filter(({ members }) => members.length > 1);
}

/** For each content the indexes of the files that have it. */
function groupByContent(fingerprints: readonly Fingerprint[]): number[][] {
  const byContent = new Map<string, number[]>();
  for (const [index, { content }] of fingerprints.entries()) {
    const members = byContent.get(content);
    if (members === undefined) byContent.set(content, [index]);
    else members.push(index);
  }
  return [...byContent.values()];
}

/** Compares each hash with each other and keeps what looks the same in one tree of a forest. */
async function joinSimilar(hashes: (Uint32Array | undefined)[], signal: AbortSignal | undefined) {
  const parents = hashes.map((_, index) => index);
  const distances = hashes.map(() => 0);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] as number;
    parents[index] = root;
    return root;
  };
  for (const [row, hash] of hashes.entries()) {
    if (row % ROWS_PER_TURN === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    for (let other = row + 1; hash !== undefined && other < hashes.length; other++) {
      const otherHash = hashes[other];
      if (otherHash === undefined) continue;
      const distance = hashDistance(hash, otherHash, MAX_DISTANCE);
      if (distance > MAX_DISTANCE) continue;
      const [root, otherRoot] = [rootOf(row), rootOf(other)];
      distances[root] = Math.max(distances[root] as number, distances[otherRoot] as number, distance);
      parents[otherRoot] = root;
    }
  }
  return { rootOf, distanceOf: (root: number) => distances[root] as number };
}
