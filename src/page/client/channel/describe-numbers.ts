// A channel's numbers as a list.

import { formatNumber } from '../../../base/numbers.js';
import type { LayerData } from '../../image-data.js';
import { texts } from '../../texts/en.js';
import { channelNumbers } from '../channel-numbers.js';
import { create } from '../dom.js';

/** @param contributionTo the class whose score contributions add to */
export function describeNumbers(layer: LayerData, number: number, contributionTo: string | undefined): HTMLElement {
  const { min, max, mean, standardDeviation, zeroFraction, nonFiniteCount } = channelNumbers(layer, number);
  const words = texts.channel.numbers;
  const numbers: [string, string][] = [
    [words.minimum, formatNumber(min)],
    [words.maximum, formatNumber(max)],
    [words.mean, formatNumber(mean)],
    [words.deviation, formatNumber(standardDeviation)],
    [words.zero, `${Number((100 * zeroFraction).toFixed(1))} %`],
  ];
  const contribution = layer.contribution?.[number];
  if (contribution !== undefined && contributionTo !== undefined)
    numbers.push([words.contribution(contributionTo), formatNumber(contribution)]);
  if (nonFiniteCount > 0) numbers.push([words.nonFinite, String(nonFiniteCount)]);
  const rows = numbers.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value)));
  return create('dl', {}, ...rows);
}
