// What chooses the images that are shown: links to addresses, so that Back undoes a choice.

import type { GalleryData } from '../../gallery/gallery-data.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import { countEntries, type Filter, formatSelection, type Selection, type Sort, sorts } from './selection.js';

type Word = Extract<Filter, string>;

/** More classes than these are no list to choose from. */
const classesAtMost = 200;

export class FilterBar {
  readonly element = create('div', { className: 'filters' });
  readonly #data: GalleryData;
  readonly #choose: (selection: Selection) => void;

  /** @param choose goes to what was selected */
  constructor(data: GalleryData, choose: (selection: Selection) => void) {
    this.#data = data;
    this.#choose = choose;
  }

  show(selection: Selection): void {
    const focused = document.activeElement?.id ?? '';
    const hadFocus = this.element.contains(document.activeElement);
    this.element.replaceChildren(
      this.#listWords(selection),
      ...this.#chooseClasses(selection),
      this.#select(
        'gallery-sort',
        texts.gallery.sortTitle,
        sorts.map((sort) => [sort, texts.gallery.sorts[sort]]),
        selection.sort,
        (sort) => this.#choose({ ...selection, sort: sort as Sort }),
      ),
    );
    // What was replaced had the focus; what took its place gets it.
    if (hadFocus && focused !== '') document.getElementById(focused)?.focus();
  }

  #listWords({ filter, sort }: Selection): HTMLElement {
    const hasTruth = this.#data.entries.some(({ truth }) => truth !== undefined);
    const words: Word[] = hasTruth ? ['all', 'right', 'wrong', 'unsure'] : ['all', 'unsure'];
    const links = words.map((word) => {
      const count = countEntries(this.#data.entries, word);
      const href = `#all/${formatSelection({ filter: word, sort })}`;
      const link = create(
        'a',
        { href, id: `gallery-${word}` },
        texts.gallery.filters[word],
        ' ',
        create('span', {}, String(count)),
      );
      if (word === filter) link.setAttribute('aria-current', 'true');
      return create('li', {}, link);
    });
    const list = create('ul', { className: 'words' }, ...links);
    list.setAttribute('aria-label', texts.gallery.filterTitle);
    return list;
  }

  #chooseClasses(selection: Selection): HTMLElement[] {
    const { classNames, entries } = this.#data;
    if (classNames.length > classesAtMost) return [];
    const chosen = typeof selection.filter === 'object' ? selection.filter : {};
    const any: [string, string][] = [['', texts.gallery.any]];
    const classes = any.concat(classNames.map((name, index) => [String(index), name]));
    const sides = entries.some(({ truth }) => truth !== undefined)
      ? (['truth', 'predicted'] as const)
      : (['predicted'] as const);
    return sides.map((side) =>
      this.#select(`gallery-${side}`, texts.gallery[side], classes, String(chosen[side] ?? ''), (value) => {
        const { [side]: _, ...other } = chosen;
        this.#choose({ ...selection, filter: value === '' ? other : { ...other, [side]: Number(value) } });
      }),
    );
  }

  #select(id: string, label: string, options: [string, string][], chosen: string, choose: (value: string) => void) {
    const select = create('select', { id }, ...options.map(([value, text]) => create('option', { value }, text)));
    select.value = chosen;
    select.addEventListener('change', () => choose(select.value));
    return create('label', {}, label, ' ', select);
  }
}
