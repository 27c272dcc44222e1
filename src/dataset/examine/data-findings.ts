import type { SplitName } from '../folder/image-folder.js';
import { type DuplicateGroup, findDuplicates } from './duplicates.js';
import type { DataFindings, FoundGroups, FoundImages } from './findings.js';
import type { ObservationTable } from './observation-table.js';

/** Images as they lie in a data folder, by the index that they have in a table of observations. */
export interface ListedImages {
  /** relative to the data folder, with slashes */
  nameOf(index: number): string;
  splitOf(index: number): SplitName;
  classOf(index: number): number;
}

export interface FindingLimits {
  /** how many images or groups are named for each kind of finding */
  examples: number;
  signal?: AbortSignal | undefined;
}

/** How many images of one group are named. */
const NAMED_IN_GROUP = 4;

/**
 * Gathers what was noticed of images. Its size is bounded by `examples`, not by the number of images.
 *
 * @throws the signal's reason
 */
export async function gatherFindings(
  table: ObservationTable,
  images: ListedImages,
  { examples, signal }: FindingLimits,
): Promise<DataFindings> {
  const find = (holds: (index: number) => boolean): FoundImages => {
    const found: FoundImages = { count: 0, examples: [] };
    for (let index = 0; index < table.count; index++) {
      if (!table.has(index) || !holds(index)) continue;
      if (++found.count <= examples) found.examples.push(images.nameOf(index));
    }
    return found;
  };
  const hasDepth = (depth: string) => (index: number) => table.depthOf(index) === depth && !table.isConstant(index);
  const groups = await findDuplicates(table.fingerprints, signal);
  const spreads = (group: DuplicateGroup, part: (index: number) => unknown) =>
    group.members.some((index) => part(index) !== part(group.members[0] as number));
  const contradicts = (group: DuplicateGroup) => spreads(group, images.classOf);
  const straddles = (group: DuplicateGroup) => spreads(group, images.splitOf);
  const select = (holds: (group: DuplicateGroup) => boolean) => describeGroups(groups.filter(holds), images, examples);
  return {
    examined: table.observedCount,
    turned: find((index) => table.isTurned(index)),
    dark: find(hasDepth('dark')),
    black: find((index) => table.depthOf(index) === 'black'),
    clipped: find(hasDepth('clipped')),
    constant: find((index) => table.isConstant(index) && table.depthOf(index) !== 'black'),
    contradictory: select(contradicts),
    straddling: select(straddles),
    repeated: select((group) => !contradicts(group) && !straddles(group)),
  };
}

function describeGroups(groups: DuplicateGroup[], images: ListedImages, examples: number): FoundGroups {
  const rank = ({ identical, distance }: DuplicateGroup) => (identical ? -1 : distance);
  const surest = groups.toSorted((a, b) => rank(a) - rank(b)).slice(0, examples);
  return {
    groupCount: groups.length,
    identicalCount: groups.filter(({ identical }) => identical).length,
    imageCount: groups.reduce((sum, { members }) => sum + members.length, 0),
    examples: surest.map(({ members, identical, distance }) => ({
      images: pickDifferent(members, images).map(images.nameOf),
      imageCount: members.length,
      identical,
      distance,
    })),
  };
}

/** The first of each split and class, then the others. */
function pickDifferent(members: readonly number[], { splitOf, classOf }: ListedImages): number[] {
  const kinds = new Set<string>();
  const firsts: number[] = [];
  const others: number[] = [];
  for (const index of members) {
    const kind = `${splitOf(index)} ${classOf(index)}`;
    if (!kinds.has(kind)) firsts.push(index);
    else if (others.length < NAMED_IN_GROUP) others.push(index);
    kinds.add(kind);
  }
  return [...firsts, ...others].slice(0, NAMED_IN_GROUP);
}
