// The mistakes that were taken for a class, in groups, or in one, or in none.

import { findGroups } from '../../evaluation/find-groups.js';
import { findOneGroup } from '../../evaluation/find-one-group.js';
import { joinFeatures } from '../../evaluation/join-features.js';
import { averageRows } from '../../evaluation/k-means.js';
import { type EvidenceFeatures, formatColor, nameColor, namePosition } from './evidence-features.js';
import type { MistakeGroup, MistakesOfClass } from './result.js';

const channelsNamed = 3;

/** What a division into groups begins with. */
const seed = 1;

/**
 * Divides mistakes into groups that hold; where there are none, looks whether all are one group: more alike than the evidence in
 * images that were rightly predicted.
 *
 * @param features of each mistake
 * @param usual the same of images that were rightly predicted
 * @param paths of the mistakes
 */
export function groupMistakes(
  features: readonly EvidenceFeatures[],
  usual: readonly EvidenceFeatures[],
  paths: readonly string[],
): Pick<MistakesOfClass, 'groups' | 'stability' | 'spread'> {
  const kinds = listKinds(features);
  const describe = (members: readonly number[]) => describeMembers(members, features, paths);
  const found = findGroups(joinFeatures(kinds), seed);
  if (found) return { groups: found.members.map(describe), stability: found.stability };
  const one = findOneGroup(kinds, listKinds(usual));
  return one ? { groups: [describe(one.members)], spread: one.spread } : { groups: [] };
}

function listKinds(features: readonly EvidenceFeatures[]): Float64Array[][] {
  return (['position', 'color', 'channels'] as const).map((kind) => features.map((each) => each[kind]));
}

function describeMembers(
  members: readonly number[],
  features: readonly EvidenceFeatures[],
  paths: readonly string[],
): MistakeGroup {
  const mean = (kind: keyof EvidenceFeatures) =>
    averageRows(members.map((index) => (features[index] as EvidenceFeatures)[kind]));
  const [position, color, channels] = [mean('position'), mean('color'), mean('channels')];
  const strongest = [...channels.keys()].sort((a, b) => (channels[b] as number) - (channels[a] as number));
  return {
    imageCount: members.length,
    share: members.length / paths.length,
    position: namePosition(position),
    positionShares: [...position],
    color: formatColor(color),
    colorName: nameColor(color),
    channels: strongest.slice(0, channelsNamed).filter((channel) => (channels[channel] as number) > 0),
    images: members.map((index) => paths[index] as string),
  };
}
