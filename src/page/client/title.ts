// What a place is called in the title of the page.

import { texts } from '../texts/en.js';
import type { Place } from './address.js';
import { inputChannelName } from './input-channels.js';
import type { Page } from './page.js';

/** @param whole the title of the whole page */
export function titleOf(place: Place, page: Page, whole: string): string {
  const image = page.imageAt(place);
  if (image !== undefined) return texts.page.titleOf(nameParts(place, page), image.data.name);
  const heading =
    place.parts.length > 0 ? document.querySelector('.gallery.single #entry-title')?.textContent : undefined;
  if (place.view === 'all' && heading != null) return texts.page.titleOf('', heading);
  const entry = document.querySelector(`nav.views a[href="#${CSS.escape(place.view)}"]`);
  return entry?.textContent ? `${entry.textContent} · ${whole}` : whole;
}

function nameParts({ view, parts }: Place, page: Page): string {
  const [layer, number] = parts;
  if (layer === undefined) return '';
  if (layer === 'score') return document.getElementById(`${view}/score`)?.querySelector('h2')?.textContent ?? '';
  if (number === undefined) return layer;
  const channel = Number(number);
  const color = inputChannelName(page.data, layer, channel);
  if (color !== undefined) return texts.channelView.inputTitle(layer, color);
  const about = page.imageAt({ view, parts, query: '' })?.findLayer(layer);
  return (about?.units === undefined ? texts.channel.title : texts.channelView.unitTitle)(layer, channel);
}
