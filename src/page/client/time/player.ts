// A slider over the epochs, and its play button.

import { texts } from '../../texts/en.js';
import { create } from '../dom.js';

const frameMs = 450;

/** Shows one of several epochs. Nothing moves by itself for who wants less motion. */
export class Player {
  readonly element: HTMLElement;
  readonly #slider = create('input', { type: 'range', min: '0', max: '0', step: '1' });
  readonly #button = create('button', { type: 'button', className: 'play' }, texts.time.play);
  readonly #where = create('output', { className: 'where' });
  readonly #onEpoch: (epoch: number) => void;
  readonly #lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
  #epochs: readonly number[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onEpoch called when another one is chosen */
  constructor(onEpoch: (epoch: number) => void) {
    this.#onEpoch = onEpoch;
    const label = create('label', {}, create('span', {}, texts.time.epoch), this.#slider);
    this.element = create('div', { className: 'player' }, this.#button, label, this.#where);
    this.#slider.addEventListener('input', () => {
      this.#stop();
      onEpoch(this.epoch);
    });
    this.#button.addEventListener('click', () => (this.#timer === undefined ? this.#play() : this.#stop()));
    const obey = () => {
      this.#button.hidden = this.#lessMotion.matches;
      if (this.#lessMotion.matches) this.#stop();
    };
    this.#lessMotion.addEventListener('change', obey);
    obey();
  }

  get epoch(): number {
    return this.#epochs[this.#slider.valueAsNumber] ?? 0;
  }

  get newest(): number {
    return this.#epochs.at(-1) ?? 0;
  }

  get isAtNewest(): boolean {
    return this.#epochs.length === 0 || this.epoch === this.newest;
  }

  /** Whoever looks at the newest epoch sees the next one when it comes. */
  setEpochs(epochs: readonly number[]): void {
    const { epoch, isAtNewest } = this;
    this.#epochs = epochs;
    this.#slider.max = String(Math.max(0, epochs.length - 1));
    this.#show(isAtNewest ? (epochs.at(-1) ?? 0) : epoch);
  }

  /** Goes to the nearest epoch that there is, without calling back. */
  goTo(epoch: number): void {
    this.#show(epoch);
  }

  /** @param words where it is, for everyone */
  describe(words: string): void {
    this.#where.textContent = words;
    this.#slider.setAttribute('aria-valuetext', words);
  }

  #show(epoch: number): void {
    const index = this.#epochs.findLastIndex((each) => each <= epoch);
    this.#slider.value = String(Math.max(0, index));
  }

  #play(): void {
    if (this.#slider.value === this.#slider.max) this.#slider.value = '0';
    this.#button.textContent = texts.time.pause;
    this.#onEpoch(this.epoch);
    this.#timer = setInterval(() => {
      this.#slider.stepUp();
      this.#onEpoch(this.epoch);
      if (this.#slider.value === this.#slider.max) this.#stop();
    }, frameMs);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#button.textContent = texts.time.play;
  }
}
