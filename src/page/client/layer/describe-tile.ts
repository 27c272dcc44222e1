// What is said of the channel that is pointed to.

import { formatFixed, formatNumber, formatPercent, formatSigned } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import type { LayerMaps } from '../layer-maps.js';
import { isConstant, strengthShare } from './paint-grid.js';

/** What a channel is known by besides its maps. */
export interface TileKnowledge {
  /** of a channel of the input: its color */
  name?: string | undefined;
  /** the class whose score contributions add to */
  contributionTo?: string | undefined;
  /** over a folder of images */
  auc?: readonly (number | null)[] | undefined;
}

/** A sentence about a channel: its number, what it contributes, how strong it is. */
export function describeTile(maps: LayerMaps, number: number, { name, contributionTo, auc }: TileKnowledge): string {
  const { layer } = maps;
  const words = texts.layer;
  const said = [name ?? words.channel(number)];
  const contribution = layer.contribution?.[number];
  if (contribution !== undefined && contributionTo !== undefined)
    said.push(words.contributes(formatSigned(contribution), contributionTo));
  const max = layer.max[number] as number;
  if (layer.nonFinite?.[number] !== undefined) said.push(words.hasNonFinite);
  else if (isConstant(maps, number)) said.push(max === 0 ? words.allZero : words.constant);
  else said.push(words.maximum(formatNumber(max), formatPercent(strengthShare(maps, number))));
  const area = auc?.[number];
  if (area != null) said.push(words.auc(formatFixed(area, 2)));
  return said.join(' · ');
}
