// All images: filtered, sorted, and one of them larger.

import type { GalleryData } from '../../gallery/gallery-data.js';
import { texts } from '../../texts/en.js';
import { create, find, findAll, readData } from '../dom.js';
import type { Page } from '../page.js';
import { createEntryView } from './entry-view.js';
import { FilterBar } from './filter-bar.js';
import { type GalleryParts, readThumbnails } from './gallery-parts.js';
import { formatSelection, parseSelection, type Selection, selectEntries } from './selection.js';
import { Tiles } from './tiles.js';

/** Makes the gallery, where the page has one, when it is first looked at. */
export function openGallery({ ramps, router }: Page): void {
  const section = document.querySelector<HTMLElement>('section.gallery');
  if (section === null) return;
  let gallery: Gallery | undefined;
  router.onPlace(({ view, parts, query }) => {
    if (view !== 'all') return;
    gallery ??= new Gallery(section, ramps, router.go);
    gallery.show(query === '' ? (parts[0] ?? '') : `${parts[0] ?? ''}?${query}`);
  });
}

class Gallery {
  readonly #section: HTMLElement;
  readonly #parts: GalleryParts;
  readonly #filters: FilterBar;
  readonly #tiles: Tiles;
  readonly #status = create('p', { className: 'status' });
  readonly #browse: HTMLElement;
  readonly #entry = create('div', { hidden: true });
  #selection: Selection = { filter: 'all', sort: 'surprise' };
  #places: readonly number[] = [];
  /** of the image that is shown larger */
  #opened: number | undefined;

  constructor(section: HTMLElement, ramps: GalleryParts['ramps'], go: (address: string) => void) {
    this.#section = section;
    const data = readData<GalleryData>(section, 'gallery-data');
    const thumbnails = readThumbnails(find(section, 'noscript.entries').textContent);
    this.#parts = { data, thumbnails, ramps };
    this.#filters = new FilterBar(data, (selection) => go(`#all/${formatSelection(selection)}`));
    this.#tiles = new Tiles(this.#parts, (place) => this.#addressOf(place));
    this.#status.setAttribute('role', 'status');
    this.#browse = create('div', {}, this.#filters.element, this.#offerMaps(), this.#status, this.#tiles.element);
    find(section, '.browse').replaceChildren(this.#browse, this.#entry);
  }

  /** @param address what stands after `#all/`: a selection, or the number of an image */
  show(address: string): void {
    const number = /^\d+$/.test(address) ? Number(address) : undefined;
    if (number !== undefined && number <= this.#parts.data.entries.length) this.#showEntry(number - 1);
    else this.#showSelection(parseSelection(address));
  }

  #showSelection(selection: Selection): void {
    const { entries } = this.#parts.data;
    const isSame = formatSelection(selection) === formatSelection(this.#selection) && this.#places.length > 0;
    this.#selection = selection;
    this.#entry.hidden = true;
    this.#browse.hidden = false;
    this.#section.classList.remove('single');
    if (!isSame) {
      this.#places = selectEntries(entries, selection);
      this.#tiles.show(this.#places);
    }
    this.#filters.show(selection);
    this.#markCell();
    this.#status.textContent = texts.gallery.status(this.#places.length, entries.length);
    if (this.#opened !== undefined) this.#tiles.focus(this.#opened);
    this.#opened = undefined;
  }

  #showEntry(place: number): void {
    if (this.#places.length === 0) this.#showSelection(this.#selection);
    const at = this.#places.indexOf(place);
    const near = (step: number) => {
      const other = at < 0 ? undefined : this.#places[at + step];
      return other === undefined ? undefined : this.#entryAddress(other);
    };
    const back = `#all/${formatSelection(this.#selection)}`;
    const addressOf = (other: number) => this.#entryAddress(other);
    const view = createEntryView(this.#parts, place, { back, previous: near(-1), next: near(1), addressOf });
    this.#opened = place;
    this.#browse.hidden = true;
    this.#entry.hidden = false;
    this.#section.classList.add('single');
    this.#entry.replaceChildren(view);
    view.querySelector<HTMLElement>('h2')?.focus();
  }

  #entryAddress(place: number): string {
    return `#all/${place + 1}`;
  }

  /** Of an image in full that view of it. */
  #addressOf(place: number): string {
    const full = this.#parts.data.entries[place]?.full;
    return full === undefined ? this.#entryAddress(place) : `#image-${full}`;
  }

  /** The cell of the confusion matrix that is the filter. */
  #markCell(): void {
    const { filter } = this.#selection;
    const chosen = `#all/${formatSelection({ filter, sort: 'surprise' })}`;
    for (const cell of findAll(this.#section, '.confusions a')) {
      if (cell.getAttribute('href') === chosen) cell.setAttribute('aria-current', 'true');
      else cell.removeAttribute('aria-current');
    }
  }

  #offerMaps(): HTMLElement {
    const box = create('input', { type: 'checkbox', checked: true });
    const show = () => this.#section.classList.toggle('with-maps', box.checked);
    box.addEventListener('change', show);
    show();
    return create('label', { className: 'show-maps' }, box, ' ', texts.gallery.showMaps);
  }
}
