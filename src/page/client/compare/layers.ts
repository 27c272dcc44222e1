// Every layer that both have: how alike the two are there.

import { formatNumber } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import { whenSeen } from '../when-seen.js';
import { compareLayers } from './compare-layers.js';
import { addressOfSides, type Comparison } from './sides.js';

/** A table whose rows are computed when they are seen. */
export function showLayers(comparison: Comparison): HTMLElement[] {
  const { a, b, layers, page } = comparison;
  const title = create('h2', {}, texts.compare.layers);
  if (layers.length === 0) return [title, create('p', { className: 'notice' }, texts.compare.noLayers)];
  const heads = texts.compare.heads.map((head) => create('th', { scope: 'col' }, head));
  const body = create('tbody');
  for (const name of layers) {
    const link = create('a', { href: addressOfSides(a, b, name) }, name);
    const [correlation, difference, most] = [create('td'), create('td'), create('td')];
    const row = create('tr', {}, create('th', { scope: 'row' }, link), correlation, difference, most);
    body.append(row);
    whenSeen(row, () => fill(comparison, name, [correlation, difference, most]));
  }
  const missing = a.image.data.layers.filter((layer) => layer.units === undefined && !layers.includes(layer.name));
  const names = missing.map(({ name }) => name).join(', ');
  const table = create('table', { className: 'alike' }, create('thead', {}, create('tr', {}, ...heads)), body);
  return [
    title,
    create('p', { className: 'lead' }, texts.compare.lead),
    ...(page.others.includes(a.image) === page.others.includes(b.image)
      ? []
      : [create('p', { className: 'notice' }, texts.compare.byNumber)]),
    table,
    ...(missing.length > 0 ? [create('p', { className: 'notice' }, texts.compare.unmatched(names))] : []),
  ];
}

async function fill({ a, b }: Comparison, name: string, cells: readonly HTMLElement[]): Promise<void> {
  const pair = { a: await a.image.readLayer(name), b: await b.image.readLayer(name) };
  const { channels, correlation, difference } = compareLayers(pair.a, pair.b);
  const [most] = channels;
  const words = [
    formatCorrelation(correlation),
    formatNumber(difference),
    most === undefined || channels.every(({ isSame }) => isSame) ? texts.compare.same : texts.compare.most(most.number),
  ];
  for (const [index, text] of words.entries()) cells[index]?.append(text);
}

export function formatCorrelation(correlation: number | null): string {
  return correlation === null ? '–' : correlation.toFixed(3).replace('-', '−');
}
