// Layers with too many channels for a grid of all.

import { formatCount } from '../base/counts.js';
import type { Raster } from '../base/raster.js';
import { type RankingOptions, renderRanking } from '../rendering/ranking.js';

/** Of a grid; more are not looked at one by one. */
export const tilesAtMost = 256;

/** @param shape without the batch */
export function isCrowded(shape: readonly number[]): boolean {
  return shape.length === 3 && (shape[2] as number) > tilesAtMost;
}

type Picture = Omit<RankingOptions, 'subtitle' | 'ranked' | 'by' | 'signed' | 'hasTable'>;

/** The channels with the largest values, the largest first, each with its number; it says how many there are. */
export function renderStrongest(picture: Picture): Raster {
  const { planes, statistics } = picture;
  const ranked = statistics
    .map(({ max, nonFiniteCount }, channel) => ({ channel, value: nonFiniteCount > 0 ? -Infinity : max }))
    .sort((a, b) => b.value - a.value || a.channel - b.channel)
    .slice(0, tilesAtMost);
  const subtitle = `the ${ranked.length} of ${formatCount(planes.length)} channels with the largest values`;
  return renderRanking({ ...picture, subtitle, ranked, by: 'maximum', hasTable: false });
}
