// Two images beside each other, or two networks on one: from the predictions to a single channel.

import { create, find } from '../dom.js';
import type { Page } from '../page.js';
import { showChannel } from './channel.js';
import { showChannels } from './channels.js';
import { createHead } from './head.js';
import { showLayers } from './layers.js';
import { addressOfSides, type Comparison, commonLayers, listSides, readSides } from './sides.js';

export function openCompare(page: Page): void {
  const section = document.getElementById('compare');
  if (section === null) return;
  const stage = find(section, '.stage');
  page.router.onPlace(async (place, from) => {
    if (place.view !== 'compare') return;
    const sides = listSides(page);
    const { a, b, rest } = readSides(place.parts, sides);
    const comparison: Comparison = { page, a, b, layers: commonLayers(a, b) };
    stage.replaceChildren(createHead(comparison, sides), await showPart(comparison, rest));
    if (from?.view === 'compare') find(stage, '.part').focus();
  });
  if (page.others.length > 0 && location.hash === '') {
    const { a, b } = readSides([], listSides(page));
    page.router.go(addressOfSides(a, b), { replace: true });
  }
}

/** What the address names below the two: nothing, a layer, or one of its channels. */
async function showPart(comparison: Comparison, [layer, channel]: readonly string[]): Promise<HTMLElement> {
  const part = create('div', { className: 'part', tabIndex: -1 });
  const isThere = layer !== undefined && comparison.layers.includes(layer);
  if (!isThere) part.append(...showLayers(comparison));
  else if (channel === undefined) part.append(...(await showChannels(comparison, layer)));
  else part.append(...(await showChannel(comparison, layer, Number(channel))));
  return part;
}
