// A layer's channels, those that differ most first: both maps on one scale, and their difference.

import { formatNumber, formatPercent } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import { drawBar } from '../channel-bar.js';
import { create } from '../dom.js';
import { whenSeen } from '../when-seen.js';
import { type ComparedChannel, type ComparedLayer, compareLayers } from './compare-layers.js';
import { formatCorrelation } from './layers.js';
import { type MapPair, paintBeside } from './paint-pair.js';
import { addressOfSides, type Comparison } from './sides.js';

/** Channels that are shown before more are asked for. */
const atATime = 24;

export async function showChannels(comparison: Comparison, layer: string): Promise<HTMLElement[]> {
  const { a, b, page } = comparison;
  const pair = { a: await a.image.readLayer(layer), b: await b.image.readLayer(layer) };
  const compared = compareLayers(pair.a, pair.b);
  const list = create('ol', { className: 'pairs' });
  const more = create('button', { type: 'button', className: 'more' });
  const add = () => {
    const from = list.childElementCount;
    for (const channel of compared.channels.slice(from, from + atATime))
      list.append(createPair(comparison, layer, { pair, compared, channel }));
    const left = compared.channels.length - list.childElementCount;
    more.hidden = left === 0;
    more.textContent = texts.compare.more(Math.min(atATime, left), left);
    if (from > 0) list.children[from]?.querySelector('a')?.focus();
  };
  more.addEventListener('click', add);
  add();
  return [
    createTrail(comparison, layer),
    create(
      'p',
      { className: 'lead' },
      `${texts.compare.channelsLead(formatCorrelation(compared.correlation))} ${describeRounding(pair)}`,
    ),
    ...createBars(compared, page.ramps),
    list,
    more,
  ];
}

function createPair(
  { a, b, page }: Comparison,
  layer: string,
  { pair, compared, channel }: { pair: MapPair; compared: ComparedLayer; channel: ComparedChannel },
): HTMLElement {
  const canvas = create('canvas', { role: 'img', ariaLabel: describePair(channel, [a.name, b.name]) });
  const { width, height } = pair.a.layer;
  canvas.style.aspectRatio = `${3 * width + 4} / ${height}`;
  const link = create('a', { href: addressOfSides(a, b, layer, channel.number) }, texts.layer.channel(channel.number));
  whenSeen(canvas, () => paintBeside(canvas, pair, channel, compared.limit, page.ramps));
  return create('li', {}, create('p', {}, link, ' ', create('span', {}, describeNumbers(channel))), canvas);
}

/** How much the two differ, if they do. */
export function describeNumbers({ difference, correlation, isSame }: ComparedChannel): string {
  if (isSame) return texts.compare.same;
  return texts.compare.channelNumbers(formatNumber(difference), formatCorrelation(correlation));
}

/** In a sentence, for those who do not see the picture. */
export function describePair(
  { number, low, high, difference, correlation }: ComparedChannel,
  names: readonly [string, string],
): string {
  return texts.compare.sentence(number, names, {
    low: formatNumber(low),
    high: formatNumber(high),
    difference: formatNumber(difference),
    correlation: formatCorrelation(correlation),
  });
}

/** Which differences mean nothing. */
export function describeRounding({ a, b }: MapPair): string {
  const fewest = Math.min(...[...a.channels, ...b.channels].map(({ stepCount }) => stepCount));
  return texts.compare.rounding(formatPercent(1 / (fewest - 1)));
}

/** The way back, from a layer or a channel. */
export function createTrail({ a, b }: Comparison, layer: string, channel?: number): HTMLElement {
  const all = create('a', { href: addressOfSides(a, b) }, texts.compare.layers);
  const current = (words: string) => create('span', { ariaCurrent: 'location' }, words);
  const steps =
    channel === undefined
      ? [current(layer)]
      : [create('a', { href: addressOfSides(a, b, layer) }, layer), ' › ', current(texts.layer.channel(channel))];
  return create('nav', { className: 'trail', ariaLabel: texts.compare.trail }, all, ' › ', ...steps);
}

/** What the colors of the maps and of the differences stand for. */
function createBars({ limit }: ComparedLayer, ramps: Comparison['page']['ramps']): HTMLElement[] {
  const [values, differences] = [create('div', { className: 'color-bar' }), create('div', { className: 'color-bar' })];
  drawBar(values, ramps.viridis, texts.compare.scale);
  drawBar(differences, ramps.coolwarm, [formatNumber(-limit), '0', formatNumber(limit)]);
  return [
    create(
      'div',
      { className: 'bars' },
      create('div', {}, texts.compare.bars.values, values),
      create('div', {}, texts.compare.bars.differences, differences),
    ),
  ];
}
