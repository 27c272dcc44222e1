// All channels of a layer on one canvas: to be pointed to, gone through with the arrow keys, and opened one by one.

import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import { nextTile } from './grid-keys.js';
import { type GridLayout, placeOfTile, tileAt } from './grid-layout.js';

interface GridOptions {
  /** of the whole, for who does not see it */
  label: string;
  /** what is said as long as no tile is meant */
  legend: string;
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
  readonly #readout = create('p', { className: 'readout' });
  /** the rows one by one, on paper: a page may end between two of them */
  readonly #rows = create('div', { className: 'rows' });
  readonly #control: HTMLElement;
  readonly #options: GridOptions;
  #layout: GridLayout | undefined;
  #index = 0;

  constructor(options: GridOptions) {
    this.#options = options;
    this.canvas.setAttribute('aria-hidden', 'true');
    this.#control = create('div', { className: 'grid', tabIndex: 0 }, this.canvas, this.#rows, this.#cursor);
    this.#control.setAttribute('role', 'slider');
    this.#control.ariaRoleDescription = texts.layer.gridRole;
    this.#control.setAttribute('aria-label', options.label);
    this.#control.setAttribute('aria-description', options.legend);
    this.#control.setAttribute('aria-valuemin', '1');
    this.#rest();
    this.#control.addEventListener('keydown', (event) => this.#turn(event));
    this.#control.addEventListener('focus', () => this.choose(this.#index));
    this.#control.addEventListener('blur', () => this.#rest());
    this.#control.addEventListener('pointermove', (event) => this.#point(event));
    this.#control.addEventListener('pointerleave', () => this.#rest());
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
    this.#rows.replaceChildren(...(layout.isPaper ? cutRows(this.canvas, layout) : []));
    this.#control.setAttribute('aria-valuemax', String(layout.count));
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
    const said = texts.layer.tile(this.#options.describe(index), index + 1, this.#layout?.count ?? 0);
    this.#control.setAttribute('aria-valuenow', String(index + 1));
    this.#control.setAttribute('aria-valuetext', said);
  }

  /** Says what there is to see, when no tile is meant. */
  #rest(): void {
    if (document.activeElement === this.#control) return;
    this.#cursor.hidden = true;
    this.#readout.textContent = this.#options.legend;
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

/** The rows of tiles on a canvas, a canvas each. */
function cutRows(all: HTMLCanvasElement, { count, columns, down, totalWidth }: GridLayout): HTMLElement[] {
  const zoom = all.width / totalWidth;
  return Array.from({ length: Math.ceil(count / columns) }, (_, row) => {
    const canvas = create('canvas', { width: all.width, height: Math.ceil(down * zoom) });
    canvas.style.width = `${totalWidth}px`;
    canvas.getContext('2d')?.drawImage(all, 0, -row * down * zoom);
    return canvas;
  });
}
