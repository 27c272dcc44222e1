// A channel's numbers as a list.

import { formatNumber, formatPercent } from '../../../base/numbers.js';
import type { LayerData } from '../../image-data.js';
import { texts } from '../../texts/en.js';
import { channelNumbers } from '../channel-numbers.js';
import { create } from '../dom.js';

/** Not 0 for what is there. */
function describeShare(fraction: number): string {
  return fraction > 0 && fraction < 0.001 ? formatPercent(fraction) : `${Number((100 * fraction).toFixed(1))} %`;
}

/** @param contributionTo the class whose score contributions add to */
export function describeNumbers(layer: LayerData, number: number, contributionTo: string | undefined): HTMLElement {
  const { min, max, mean, standardDeviation, zeroFraction, nonFiniteCount } = channelNumbers(layer, number);
  const words = texts.channel.numbers;
  const mark = layer.isRounded && min < max ? texts.channel.about : (value: string) => value;
  const numbers: [string, string][] = [
    [words.minimum, formatNumber(min)],
    [words.maximum, formatNumber(max)],
    [words.mean, mark(formatNumber(mean))],
    [words.deviation, mark(formatNumber(standardDeviation))],
    [layer.isRounded ? words.nextToZero : words.zero, describeShare(zeroFraction)],
  ];
  const contribution = layer.contribution?.[number];
  if (contribution !== undefined && contributionTo !== undefined)
    numbers.push([words.contribution(contributionTo), formatNumber(contribution)]);
  if (nonFiniteCount > 0) numbers.push([words.nonFinite, String(nonFiniteCount)]);
  const rows = numbers.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value)));
  return create('dl', {}, ...rows);
}
