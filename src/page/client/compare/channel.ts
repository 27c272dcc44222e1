// One channel of both: the two maps over each other with a divider, and their difference.

import { formatNumber } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import { drawBar } from '../channel-bar.js';
import { create } from '../dom.js';
import { createTrail, describeNumbers, describePair, describeRounding } from './channels.js';
import { compareLayers } from './compare-layers.js';
import { paintPart } from './paint-pair.js';
import { addressOfSides, type Comparison } from './sides.js';
import { createSwipe } from './swipe.js';

export async function showChannel(comparison: Comparison, layer: string, number: number): Promise<HTMLElement[]> {
  const { a, b, page } = comparison;
  const pair = { a: await a.image.readLayer(layer), b: await b.image.readLayer(layer) };
  const compared = compareLayers(pair.a, pair.b);
  const place = compared.channels.findIndex((each) => each.number === number);
  const channel = compared.channels[place] ?? compared.channels[0];
  if (channel === undefined) return [createTrail(comparison, layer)];
  const [left, right, difference] = [create('canvas'), create('canvas'), create('canvas', { className: 'map' })];
  const { limit } = compared;
  paintPart(left, 'a', pair, channel, limit, page.ramps);
  paintPart(right, 'b', pair, channel, limit, page.ramps);
  paintPart(difference, 'difference', pair, channel, limit, page.ramps);
  for (const canvas of [left, right, difference]) canvas.setAttribute('role', 'img');
  left.ariaLabel = texts.compare.mapOf(a.name);
  right.ariaLabel = texts.compare.mapOf(b.name);
  difference.ariaLabel = describePair(channel, [a.name, b.name]);
  const [values, differences] = [create('div', { className: 'color-bar' }), create('div', { className: 'color-bar' })];
  drawBar(values, page.ramps.viridis, [formatNumber(channel.low), formatNumber(channel.high)]);
  drawBar(differences, page.ramps.coolwarm, [formatNumber(-limit), '0', formatNumber(limit)]);
  return [
    createTrail(comparison, layer, channel.number),
    create('p', { className: 'lead' }, `${describeNumbers(channel)}. ${describeRounding(pair)}`),
    create(
      'div',
      { className: 'map-pair' },
      create(
        'figure',
        {},
        createSwipe(left, right, [a.name, b.name]),
        create('figcaption', {}, texts.compare.bars.values, values),
      ),
      create('figure', {}, difference, create('figcaption', {}, texts.compare.bars.differences, differences)),
    ),
    createSteps(comparison, layer, [compared.channels[place - 1]?.number, compared.channels[place + 1]?.number]),
  ];
}

/** To the channels that differ a little more, and a little less. */
function createSteps(
  { a, b }: Comparison,
  layer: string,
  [before, after]: readonly [number | undefined, number | undefined],
) {
  const link = (number: number | undefined, words: string) =>
    number === undefined ? [] : [create('a', { href: addressOfSides(a, b, layer, number) }, words)];
  return create(
    'p',
    { className: 'steps' },
    ...link(before, texts.compare.before),
    ' ',
    ...link(after, texts.compare.after),
  );
}
