import { formatAmount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import { createRandom, permutation } from '../../base/random.js';
import type { LabeledFile } from './image-folder.js';

/** Up to so many groups are exchanged pair by pair as well: with more of them, each is a small part of its class. */
const MAX_EXCHANGED = 400;
/** Rounds of improvement: it ends by itself after a few. */
const MAX_ROUNDS = 20;

/**
 * Divides files into training and validation so that every group lies on one side, and each class gives as nearly the wanted
 * part of its files as the groups allow. Both parts keep the given order.
 *
 * @param keys of the files' groups, which can be of several classes
 * @param validationSplit fraction in (0, 1)
 * @param seed uint32; the division is a function of it and of the list
 * @throws CnnvizError BAD_DATASET where a class would be on one side only
 */
export function splitGroups(
  files: readonly LabeledFile[],
  keys: readonly string[],
  classNames: readonly string[],
  validationSplit: number,
  seed: number,
): { train: LabeledFile[]; validation: LabeledFile[] } {
  const groups = collectGroups(files, keys);
  requireTwoGroups(groups, classNames);
  const division = new Division([...groups.values()], classNames.length, validationSplit);
  division.fill(permutation(groups.size, createRandom(seed, 'split', classNames.length)));
  const oneSided = classNames.find((_, classIndex) => division.isOneSided(classIndex));
  if (oneSided !== undefined) {
    throw cannotDivide(`no division into whole groups has images of "${oneSided}" both in training and validation`);
  }
  const order = new Map([...groups.keys()].map((key, place) => [key, place]));
  const isHeldOut = files.map((_, index) => division.isHeldOut(order.get(keys[index] as string) as number));
  return {
    train: files.filter((_, index) => !isHeldOut[index]),
    validation: files.filter((_, index) => isHeldOut[index]),
  };
}

/** Files of each class, by class index. */
type Group = Map<number, number>;

function collectGroups(files: readonly LabeledFile[], keys: readonly string[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const [index, { classIndex }] of files.entries()) {
    const key = keys[index] as string;
    const group = groups.get(key) ?? new Map<number, number>();
    group.set(classIndex, (group.get(classIndex) ?? 0) + 1);
    groups.set(key, group);
  }
  return groups;
}

function requireTwoGroups(groups: ReadonlyMap<string, Group>, classNames: readonly string[]): void {
  const found = classNames.map(() => ({ groupCount: 0, lastKey: '' }));
  for (const [lastKey, group] of groups) {
    for (const classIndex of group.keys()) {
      found[classIndex] = { groupCount: (found[classIndex]?.groupCount ?? 0) + 1, lastKey };
    }
  }
  for (const [classIndex, { groupCount, lastKey }] of found.entries()) {
    if (groupCount !== 1) continue;
    const name = lastKey.startsWith('\0') ? '' : ` ("${lastKey}")`;
    const images = formatAmount(groups.get(lastKey)?.get(classIndex) ?? 0, 'image');
    const consequence = 'nothing can be set aside for validation';
    throw cannotDivide(`class "${classNames[classIndex]}" has only one group${name}, of ${images}: ${consequence}`);
  }
}

function cannotDivide(message: string): CnnvizError {
  return new CnnvizError('BAD_DATASET', message, {
    hint: 'Choose a --group-by with smaller groups, add a validation folder, or use --validation-split 0.',
  });
}

/** Which groups are held out, and how far that is from what is wanted. */
class Division {
  readonly #groups: readonly Group[];
  readonly #heldOut: Uint8Array;
  /** of each class: all files, those held out, those wanted */
  readonly #totals: number[];
  readonly #counts: number[];
  readonly #wanted: number[];

  constructor(groups: readonly Group[], classCount: number, validationSplit: number) {
    this.#groups = groups;
    this.#heldOut = new Uint8Array(groups.length);
    this.#counts = new Array<number>(classCount).fill(0);
    this.#totals = [...this.#counts];
    for (const group of groups) {
      for (const [classIndex, count] of group) this.#totals[classIndex] = (this.#totals[classIndex] as number) + count;
    }
    this.#wanted = this.#totals.map((total) => Math.min(Math.max(Math.round(total * validationSplit), 1), total - 1));
  }

  isHeldOut(group: number): boolean {
    return this.#heldOut[group] === 1;
  }

  isOneSided(classIndex: number): boolean {
    const count = this.#counts[classIndex];
    return count === 0 || count === this.#totals[classIndex];
  }

  /** Holds out one group after the other as long as that comes nearer to what is wanted; then improves on it. */
  fill(order: Uint32Array): void {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      let isBetter = false;
      for (const group of order) isBetter = this.#moveIfBetter([group]) || isBetter;
      if (order.length <= MAX_EXCHANGED) isBetter = this.#exchange(order) || isBetter;
      if (!isBetter) return;
    }
  }

  #exchange(order: Uint32Array): boolean {
    let isBetter = false;
    for (const one of order) {
      for (const other of order) {
        if (this.#heldOut[one] === this.#heldOut[other]) continue;
        isBetter = this.#moveIfBetter([one, other]) || isBetter;
      }
    }
    return isBetter;
  }

  /** Moves groups to the other side, and back if nothing is gained. */
  #moveIfBetter(groups: readonly number[]): boolean {
    const change = groups.reduce((sum, group) => sum + this.#move(group), 0);
    if (change < -1e-12) return true;
    for (const group of groups) this.#move(group);
    return false;
  }

  /** @returns by how much the cost changes */
  #move(group: number): number {
    const sign = this.#heldOut[group] === 1 ? -1 : 1;
    this.#heldOut[group] = sign === 1 ? 1 : 0;
    let change = 0;
    for (const [classIndex, count] of this.#groups[group] as Group) {
      change -= this.#cost(classIndex);
      this.#counts[classIndex] = (this.#counts[classIndex] as number) + sign * count;
      change += this.#cost(classIndex);
    }
    return change;
  }

  /** The squared distance from the wanted fraction; to be on one side only is worse than any distance. */
  #cost(classIndex: number): number {
    const [count, wanted, total] = [this.#counts, this.#wanted, this.#totals].map((of) => of[classIndex]) as number[];
    const distance = ((count as number) - (wanted as number)) / (total as number);
    return distance ** 2 + (this.isOneSided(classIndex) ? 4 : 0);
  }
}
