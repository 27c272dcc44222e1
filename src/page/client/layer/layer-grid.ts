// All channels of a layer on one canvas: to be pointed to, gone through with the arrow keys, and opened one by one.

import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import { nextTile } from './grid-keys.js';
import { type GridLayout, placeOfTile, tileAt } from './grid-layout.js';

interface GridOptions {
  /** of the whole, for who does not see it */
  label: string;
  /** what is said of the tile at a place in the order */
  describe(index: number): string;
  open(index: number): void;
}

/**
 * One canvas with a tile for each channel. To the keyboard and to a screen reader it is one control whose value is the tile that
 * was chosen, as a slider's is its number: that is said at each step.
 */
export class LayerGrid {
  readonly element: HTMLElement;
  readonly canvas = create('canvas');
  readonly #cursor = create('div', { className: 'cursor', hidden: true });
  readonly #readout = create('p', { className: 'readout' }, '\u00a0');
  readonly #control: HTMLElement;
  readonly #options: GridOptions;
  #layout: GridLayout | undefined;
  #index = 0;

  constructor(options: GridOptions) {
    this.#options = options;
    this.canvas.setAttribute('aria-hidden', 'true');
    this.#control = create('div', { className: 'grid', tabIndex: 0 }, this.canvas, this.#cursor);
    this.#control.setAttribute('role', 'slider');
    this.#control.ariaRoleDescription = texts.layer.gridRole;
    this.#control.setAttribute('aria-label', options.label);
    this.#control.setAttribute('aria-valuemin', '0');
    this.#control.addEventListener('keydown', (event) => this.#turn(event));
    this.#control.addEventListener('focus', () => this.choose(this.#index));
    this.#control.addEventListener('pointermove', (event) => this.#point(event));
    this.#control.addEventListener('click', (event) => {
      const index = this.#point(event);
      if (index !== undefined) options.open(index);
    });
    this.element = create('div', { className: 'channels' }, this.#readout, this.#control);
  }

  /** The tile that was chosen last; undefined where none was. */
  get chosen(): number | undefined {
    return this.#cursor.hidden ? undefined : this.#index;
  }

  /** Takes where tiles lie from now on, and what they are. */
  place(layout: GridLayout): void {
    this.#layout = layout;
    this.#control.setAttribute('aria-valuemax', String(layout.count - 1));
    this.#setIndex(Math.min(this.#index, layout.count - 1));
    if (!this.#cursor.hidden) this.choose(this.#index);
  }

  /** Shows which tile is meant, and says what it is. */
  choose(index: number): void {
    const layout = this.#layout;
    if (layout === undefined) return;
    this.#setIndex(index);
    const { x, y } = placeOfTile(layout, index);
    const { style } = this.#cursor;
    Object.assign(style, { left: `${x}px`, top: `${y}px`, width: `${layout.width}px`, height: `${layout.height}px` });
    this.#cursor.hidden = false;
    this.#readout.textContent = this.#options.describe(index);
  }

  focus(index: number): void {
    this.#index = index;
    this.#control.focus();
    this.choose(index);
    this.#cursor.scrollIntoView({ block: 'nearest' });
  }

  #setIndex(index: number): void {
    this.#index = index;
    this.#control.setAttribute('aria-valuenow', String(index));
    this.#control.setAttribute('aria-valuetext', this.#options.describe(index));
  }

  #point(event: MouseEvent): number | undefined {
    if (this.#layout === undefined) return undefined;
    const { left, top } = this.canvas.getBoundingClientRect();
    const index = tileAt(this.#layout, event.clientX - left, event.clientY - top);
    if (index !== undefined) this.choose(index);
    return index;
  }

  #turn(event: KeyboardEvent): void {
    if (this.#layout === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#options.open(this.#index);
      return;
    }
    const next = nextTile(event.key, this.#index, this.#layout.count, this.#layout.columns);
    if (next === undefined) return;
    event.preventDefault();
    this.choose(next);
    this.#cursor.scrollIntoView({ block: 'nearest' });
  }
}
