import { formatNumber } from '../../base/numbers.js';
import type { Normalization } from '../../rendering/normalize.js';
import type { ChannelData } from '../page-data.js';
import { drawChannelBar } from './channel-bar.js';
import { create, find } from './dom.js';
import { type Channel, paintChannel } from './paint.js';
import type { Ramps } from './ramp.js';
import { createScaleChoice } from './scale-choice.js';

/** A layer whose channels are looked through. */
interface BrowsedLayer {
  readonly name: string;
  /** the class whose score the channels' contributions are to, where they have any */
  readonly contributionTo: string | undefined;
  /** in the order in which they are shown */
  readonly channels: readonly Channel[];
  readonly scale: Normalization;
  /** Moves the focus to the tile of a channel. */
  focus(index: number): void;
}

/** One channel large, over the page: with its scale, what its numbers are like, and its neighbors an arrow key away. */
export class ChannelView {
  readonly #dialog = find<HTMLDialogElement>(document, 'dialog.channel');
  readonly #ramps: Ramps;
  #layer: BrowsedLayer | undefined;
  #index = 0;
  #scale: Normalization = 'zscore';

  constructor(ramps: Ramps) {
    this.#ramps = ramps;
    this.#dialog.addEventListener('keydown', (event) => this.#turn(event));
    // Escape, or a phone's way back.
    this.#dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#close();
    });
    // Outside of it: the backdrop is the dialog itself to a click.
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) this.#close();
    });
  }

  open(layer: BrowsedLayer, index: number): void {
    this.#layer = layer;
    this.#index = index;
    this.#scale = layer.scale;
    this.#show();
    this.#dialog.showModal();
    find(this.#dialog, '.close').focus();
  }

  /**
   * Closes it and moves the focus to the tile of its channel, both at once: the dialog's `close` event comes a task later,
   * and would take the focus back from somebody who has pressed the next key meanwhile.
   */
  #close(): void {
    this.#dialog.close();
    this.#layer?.focus(this.#index);
  }

  #step(by: number): void {
    const count = this.#layer?.channels.length ?? 1;
    this.#index = (this.#index + by + count) % count;
    this.#show();
  }

  #turn(event: KeyboardEvent): void {
    const inScales = event.target instanceof HTMLInputElement;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || inScales || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#step(by);
  }

  #show(): void {
    const channel = this.#layer?.channels[this.#index];
    const data = channel?.layer.channels[channel.number];
    if (this.#layer === undefined || channel === undefined || data === undefined) return;
    const { hasChannels, width, height } = channel.layer;
    const focused = document.activeElement?.className ?? '';
    const canvas = create('canvas', { className: 'map' });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', hasChannels ? `Channel ${channel.number}` : 'All units');
    const bar = create('div', { className: 'color-bar' });
    const paint = () => {
      paintChannel(canvas, channel, this.#scale, this.#ramps);
      drawChannelBar(bar, channel, this.#scale, this.#ramps);
    };
    const scales = createScaleChoice('dialog-scale', this.#scale, (scale) => {
      this.#scale = scale;
      paint();
    });
    const title = hasChannels ? `${this.#layer.name}, channel ${channel.number}` : this.#layer.name;
    this.#dialog.replaceChildren(
      create(
        'div',
        { className: 'head' },
        create('h2', { id: 'channel-title' }, title),
        create('p', {}, hasChannels ? `${height} × ${width}` : `${width} units`),
        this.#button('close', '×', 'Close', () => this.#close()),
      ),
      create(
        'div',
        { className: 'stage' },
        this.#button('previous', '‹', 'Previous channel', () => this.#step(-1)),
        canvas,
        this.#button('next', '›', 'Next channel', () => this.#step(1)),
      ),
      create(
        'div',
        { className: 'reading' },
        ...[data.caption, data.overImages ?? ''].filter(Boolean).map((text) => create('p', {}, text)),
        bar,
        scales,
        describeNumbers(data, this.#layer.contributionTo),
      ),
    );
    this.#dialog.classList.toggle('alone', this.#layer.channels.length === 1);
    paint();
    // What was replaced had the focus; what took its place gets it.
    if (this.#dialog.open && focused !== '') this.#dialog.querySelector<HTMLElement>(`.${focused}`)?.focus();
  }

  #button(className: string, text: string, label: string, act: () => void): HTMLButtonElement {
    const button = create('button', { type: 'button', className, onclick: act }, text);
    button.setAttribute('aria-label', label);
    return button;
  }
}

function describeNumbers(data: ChannelData, contributionTo: string | undefined): HTMLElement {
  const numbers: [string, string][] = [
    ['minimum', formatNumber(data.min)],
    ['maximum', formatNumber(data.max)],
    ['mean', formatNumber(data.mean)],
    ['standard deviation σ', formatNumber(data.standardDeviation)],
    ['exactly 0', `${Number((100 * data.zeroFraction).toFixed(1))} %`],
  ];
  if (data.contribution !== undefined)
    numbers.push([`contribution to ${contributionTo}`, formatNumber(data.contribution)]);
  if (data.nonFinite !== undefined) {
    const count = data.nonFinite.reduce((sum, run, index) => sum + (index % 2 === 1 ? run : 0), 0);
    numbers.push(['NaN or infinite', String(count)]);
  }
  const rows = numbers.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value)));
  return create('dl', {}, ...rows);
}
