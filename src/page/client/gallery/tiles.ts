// The images as tiles, so many at a time.

import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import type { GalleryParts } from './gallery-parts.js';
import { createPhotograph, createVerdict } from './photograph.js';

/** Tiles that are made at a time. */
const step = 60;

/** A list of tiles that grows by a button at its end. */
export class Tiles {
  readonly element = create('div', { className: 'tiles-of-photographs' });
  readonly #list = create('ol', { className: 'entries' });
  readonly #more = create('button', { type: 'button', className: 'more' });
  /** on paper, where nobody can press a button */
  readonly #first = create('p', { className: 'on-paper' });
  readonly #parts: GalleryParts;
  readonly #addressOf: (place: number) => string;
  #places: readonly number[] = [];

  /** @param addressOf where a tile leads to */
  constructor(parts: GalleryParts, addressOf: (place: number) => string) {
    this.#parts = parts;
    this.#addressOf = addressOf;
    this.element.append(this.#list, this.#more, this.#first);
    this.#more.addEventListener('click', () => {
      const shown = this.#list.children.length;
      this.#grow();
      this.#focusTile(shown);
    });
  }

  show(places: readonly number[]): void {
    this.#places = places;
    this.#list.replaceChildren(...(places.length > 0 ? [] : [create('li', { className: 'none' }, texts.gallery.none)]));
    this.#grow();
  }

  /** Moves the focus to the tile of an image, where there is one. */
  focus(place: number): void {
    const at = this.#places.indexOf(place);
    while (at >= this.#list.children.length) this.#grow();
    this.#focusTile(at);
  }

  #focusTile(at: number): void {
    this.#list.children[at]?.querySelector('a')?.focus();
  }

  #grow(): void {
    const shown = this.#places.length === 0 ? 0 : this.#list.children.length;
    const added = this.#places.slice(shown, shown + step);
    this.#list.append(...added.map((place) => this.#createTile(place)));
    const left = this.#places.length - shown - added.length;
    this.#more.hidden = left === 0;
    this.#more.textContent = texts.gallery.more(Math.min(left, step));
    this.#first.textContent = left === 0 ? '' : texts.gallery.first(shown + added.length, this.#places.length);
  }

  #createTile(place: number): HTMLElement {
    const entry = this.#parts.data.entries[place];
    const name = create('bdi', {}, entry?.name ?? '');
    const full = entry?.full === undefined ? [] : [create('span', { className: 'badge' }, texts.gallery.inFull)];
    const about = create(
      'span',
      { className: 'about-tile' },
      name,
      ...createVerdict(this.#parts, place, true),
      ...full,
    );
    const link = create('a', { href: this.#addressOf(place) }, createPhotograph(this.#parts, place), about);
    return create('li', {}, link);
  }
}
