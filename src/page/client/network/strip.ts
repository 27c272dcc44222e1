// The network as a row of layers, block by block.

import { formatPercent } from '../../../base/numbers.js';
import { formatShape } from '../../format.js';
import type { LayerData } from '../../image-data.js';
import type { NetworkLayerData } from '../../page-data.js';
import { texts } from '../../texts/en.js';
import { addressOf } from '../address.js';
import { create, findAll } from '../dom.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';
import { whenSeen } from '../when-seen.js';
import { describeColumn, paintColumn, reserveColumn } from './column.js';
import { commonPrefix, shortenName } from './short-names.js';

/** Classes of the output that are named. */
const classesAtMost = 5;

/** The network, drawn. */
export interface Strip {
  element: HTMLElement;
  /** Paints again what the image now has other values of. */
  update(): void;
}

/** Every layer of the network with its maps on this image, from the input to the output. */
export function createStrip(image: PageImage, page: Page): Strip {
  const { network } = page.data;
  let shown = image.data;
  const blocks = new Map<string, NetworkLayerData[]>();
  for (const layer of network) blocks.set(layer.block, [...(blocks.get(layer.block) ?? []), layer]);
  const prefix = commonPrefix(network.slice(1).map(({ name }) => name));
  const list = create('ol', {}, ...Array.from(blocks.values(), (layers) => createBlock(layers, prefix, image, page)));
  list.style.setProperty('--cards', String(blocks.size));
  const strip = create('nav', { className: 'strip' }, list);
  strip.setAttribute('aria-label', texts.network.title);
  const lead = image.data.contributionTo === undefined ? texts.network.leadByMaximum : texts.network.lead;
  const heading = create('h2', {}, texts.network.title);
  const head = create('div', { className: 'network-head' }, heading, create('p', { className: 'lead' }, lead));
  return {
    element: create('div', {}, head, strip),
    update() {
      if (image.data === shown) return;
      shown = image.data;
      for (const values of findAll(strip, '.values')) updates.get(values)?.();
    },
  };
}

/** How the values of a card become those that the image has now. */
const updates = new WeakMap<HTMLElement, () => void>();

/**
 * Layers that belong together: the last of them with maps stands for all, until they are unfolded.
 *
 * @param prefix of names, which is left out
 */
function createBlock(layers: readonly NetworkLayerData[], prefix: string, image: PageImage, page: Page): HTMLElement {
  const shown = layers.findLast(({ name }) => image.findLayer(name) !== undefined) ?? layers.at(-1);
  const block = layers.length === 1 ? undefined : layers[0]?.block;
  const cards = layers.map((layer) => {
    const card = createCard(layer, shortenName(layer.name, prefix, block), image, page);
    card.classList.toggle('folded', layer !== shown);
    return card;
  });
  if (block === undefined) return create('li', { className: 'block' }, ...cards);
  const button = create(
    'button',
    { type: 'button', className: 'unfold', title: block },
    breakName(shortenName(block, prefix)),
    ` ${texts.network.showLayers(layers.length)}`,
  );
  const element = create('li', { className: 'block several' }, button, create('div', { className: 'cards' }, ...cards));
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => {
    button.setAttribute('aria-expanded', String(element.classList.toggle('unfolded')));
  });
  return element;
}

function createCard(layer: NetworkLayerData, shortName: string, image: PageImage, page: Page): HTMLElement {
  const { name, kind, shape, parameterCount } = layer;
  const isInput = kind === 'InputLayer';
  const lines = [
    breakName(isInput ? texts.network.input : shortName),
    ...(isInput ? [page.data.preprocessing] : [kind, formatShape(shape)]).map((line) => create('span', {}, line)),
    ...(parameterCount > 0 ? [create('span', {}, texts.layer.parameters(parameterCount))] : []),
  ];
  const link = create('a', { href: addressOf(image.section.id, name), className: 'card', title: name });
  link.dataset.layer = name;
  link.append(showValues(layer, image, page), ...lines);
  return link;
}

/** In a narrow card a name is broken behind its parts. */
function breakName(name: string): HTMLElement {
  return create('b', {}, ...name.split(/(?<=[_/])(?!\d+$)/).flatMap((part) => [part, create('wbr')]));
}

/** What a layer puts out for this image: its strongest maps, its units as bars, or the probabilities. */
function showValues(layer: NetworkLayerData, image: PageImage, page: Page): HTMLElement {
  const { data, network } = { data: image.data, network: page.data.network };
  const isOutput = layer === network.at(-1) && data.probabilities.length > 0;
  const found = image.findLayer(layer.name);
  const values = isOutput
    ? showProbabilities(image, page)
    : found
      ? showCanvas(layer, image, page)
      : showNothing(layer, image, page);
  if (!updates.has(values)) updates.set(values, () => values.replaceWith(showValues(layer, image, page)));
  return values;
}

/** Why there is no picture. */
function showNothing({ flattens }: NetworkLayerData, image: PageImage, { data }: Page): HTMLElement {
  const because = (...words: (string | HTMLElement)[]) => create('span', { className: 'values empty' }, ...words);
  if (flattens !== undefined) return because(texts.network.flattened);
  if (data.isFilm) return because(image.data.layers.length > 0 ? texts.film.notKept : texts.film.notLoaded);
  return because(texts.network.noMaps, ' ', create('span', { className: 'how-to-store' }, texts.network.howToStore));
}

function showCanvas(layer: NetworkLayerData, image: PageImage, page: Page): HTMLElement {
  const canvas = create('canvas');
  const values = create('span', { className: 'values' }, canvas);
  let isSeen = false;
  const paint = async () => {
    isSeen = true;
    const found = image.findLayer(layer.name);
    if (found === undefined) values.replaceWith(showValues(layer, image, page));
    else await paintColumn(canvas, { layer, found, image, page });
  };
  const describe = (found: LayerData) => canvas.setAttribute('aria-label', describeColumn(layer, found));
  const found = image.findLayer(layer.name) as LayerData;
  reserveColumn(canvas, layer, found);
  canvas.setAttribute('role', 'img');
  describe(found);
  whenSeen(canvas, paint);
  updates.set(values, () => {
    const next = image.findLayer(layer.name);
    if (next !== undefined) describe(next);
    if (isSeen || next === undefined) void paint();
  });
  return values;
}

function showProbabilities({ data }: PageImage, { data: { classNames } }: Page): HTMLElement {
  const classes = data.probabilities.map((probability, index) => ({
    name: classNames[index] ?? String(index),
    probability,
  }));
  const shown = classes.sort((a, b) => b.probability - a.probability).slice(0, classesAtMost);
  const rows = shown.map(({ name, probability }) =>
    create('span', {}, create('bdi', {}, name), ` ${formatPercent(probability)}`),
  );
  return create('span', { className: 'values probabilities-of-output' }, ...rows);
}
