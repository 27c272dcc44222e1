// A larger look at an image that is not one of those in full.

import { formatPercent } from '../../../base/numbers.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import type { GalleryParts } from './gallery-parts.js';
import { createPhotograph, createVerdict } from './photograph.js';

export interface EntryPlaces {
  /** of the images that are shown */
  back: string;
  /** of the one before and the one after it among them, where there are */
  previous: string | undefined;
  next: string | undefined;
  /** @param place of an image */
  addressOf(place: number): string;
}

/** The image with its map, its probabilities, where its evidence is the strongest, and what is like it. */
export function createEntryView(parts: GalleryParts, place: number, { back, previous, next, addressOf }: EntryPlaces) {
  const { data } = parts;
  const entry = data.entries[place];
  if (entry === undefined) return create('p', { className: 'notice' }, texts.gallery.none);
  const step = (href: string | undefined, text: string, className: string) =>
    href === undefined ? [] : [create('a', { href, className }, text)];
  const title = create('h2', { id: 'entry-title', tabIndex: -1 }, create('bdi', {}, entry.name));
  const ways = create(
    'p',
    { className: 'ways' },
    create('a', { href: back, className: 'back' }, texts.gallery.back),
    ...step(previous, texts.gallery.previous, 'previous'),
    ...step(next, texts.gallery.next, 'next'),
  );
  const view = create(
    'article',
    { className: 'entry' },
    ways,
    create('div', { className: 'enlarged' }, createPhotograph(parts, place, entry.name)),
    create(
      'div',
      { className: 'reading' },
      title,
      create('p', { className: 'about-tile' }, ...createVerdict(parts, place)),
      listProbabilities(parts, place),
      ...describeMap(parts, place),
      ...openFull(parts, place),
    ),
    ...listNeighbors(parts, place, addressOf),
  );
  view.setAttribute('aria-labelledby', 'entry-title');
  return view;
}

function listProbabilities({ data }: GalleryParts, place: number): HTMLElement {
  const rows = (data.entries[place]?.probabilities ?? []).map(([classIndex, probability]) =>
    create(
      'div',
      {},
      create('dt', {}, create('bdi', {}, data.classNames[classIndex] ?? '')),
      create('dd', {}, formatPercent(probability)),
    ),
  );
  return create('dl', {}, ...rows);
}

function describeMap({ data }: GalleryParts, place: number): HTMLElement[] {
  const entry = data.entries[place];
  const shape = entry?.map && data.shapes[entry.map.shape];
  if (entry?.map === undefined || shape === undefined) return [];
  const [x, y] = entry.map.strongest;
  const title = texts.gallery.mapOf(data.classNames[entry.predicted] ?? '');
  const sentence = texts.gallery.strongestCell(x, y, shape.width, shape.height);
  return [create('p', { className: 'lead' }, `${title}. ${sentence}`)];
}

function openFull({ data }: GalleryParts, place: number): HTMLElement[] {
  const full = data.entries[place]?.full;
  if (full !== undefined) return [create('p', {}, create('a', { href: `#image-${full}` }, texts.gallery.openFull))];
  const count = data.entries.filter((entry) => entry.full !== undefined).length;
  return [create('p', { className: 'lead' }, texts.gallery.notInFull(count))];
}

function listNeighbors(parts: GalleryParts, place: number, addressOf: (place: number) => string): HTMLElement[] {
  const neighbors = parts.data.entries[place]?.neighbors;
  const elsewhere = create('p', { className: 'lead' }, texts.gallery.neighborsElsewhere);
  if (neighbors === undefined) return [elsewhere];
  const tiles = neighbors.map((neighbor) => {
    const name = create('bdi', {}, parts.data.entries[neighbor]?.name ?? '');
    const about = create('span', { className: 'about-tile' }, name, ...createVerdict(parts, neighbor, true));
    return create('li', {}, create('a', { href: addressOf(neighbor) }, createPhotograph(parts, neighbor), about));
  });
  return [
    create(
      'section',
      { className: 'alike' },
      create('h3', {}, texts.gallery.neighborsTitle),
      create('ol', { className: 'entries' }, ...tiles),
      elsewhere,
    ),
  ];
}
