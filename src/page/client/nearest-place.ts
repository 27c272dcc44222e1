// Where an address leads that somebody typed, or that was copied from another page.

import type { Place } from './address.js';
import type { PageImage } from './page-image.js';

/** The part of a place in an image that exists: without the cell, the channel or the layer that the image does not have. */
export function nearestInImage(place: Place, image: PageImage, layerNames: readonly string[]): Place {
  const count = countExisting(place.parts, image, layerNames);
  return count === place.parts.length ? place : { ...place, parts: place.parts.slice(0, count) };
}

function countExisting(parts: readonly string[], image: PageImage, layerNames: readonly string[]): number {
  const [name, channel, cell] = parts;
  if (name === undefined) return 0;
  if (name === 'score' && parts.length === 1) return 1;
  if (!layerNames.includes(name)) return 0;
  const layer = image.findLayer(name);
  if (channel === undefined) return 1;
  if (layer === undefined || !isBelow(channel, layer.units?.length ?? layer.min.length)) return 1;
  if (cell === undefined) return 2;
  const [x = '', y = '', ...more] = cell.split(',');
  const isInside = isBelow(x, layer.width) && isBelow(y, layer.height) && more.length === 0;
  return layer.units === undefined && isInside ? 3 : 2;
}

/** The part of a place of the comparison that exists: without a side, or what stands after it, that the page does not have. */
export function nearestComparison(place: Place, sideKeys: readonly string[], layerNames: readonly string[]): Place {
  const { parts } = place;
  const missing = parts.findIndex((part, index) => index < 3 && !(index < 2 ? sideKeys : layerNames).includes(part));
  return missing < 0 ? place : { ...place, parts: parts.slice(0, missing) };
}

/** Whether a text is a whole number from 0 up to a count, which is not reached. */
function isBelow(text: string, count: number): boolean {
  return /^\d+$/.test(text) && Number(text) < count;
}
