// The run that the page follows, and the epoch of it that is looked at: the same in every view.

import { texts } from '../../texts/en.js';
import type { RunState } from '../../time/time-data.js';
import { chooseEpochs } from './frame-store.js';
import { Player } from './player.js';
import { openRunSource, type RunSource } from './run-source.js';
import { describeStatus } from './run-status.js';

/** Who wants to hear of a run. */
interface RunListener {
  /** another state of it */
  run?(run: RunState): void;
  /** the epoch that is looked at @param isChosen by hand */
  epoch?(epoch: number, isChosen: boolean): void;
  /** how it goes, in a sentence */
  status?(sentence: string): void;
}

export class RunFeed {
  readonly source: RunSource;
  readonly player: Player;
  readonly #listeners: RunListener[] = [];
  #run: RunState;
  #lostSince: Date | undefined;

  /** @param section of the page that has the run */
  constructor(section: HTMLElement) {
    this.source = openRunSource(section);
    this.#run = this.source.first;
    this.player = new Player((epoch) => this.#showEpoch(epoch, true));
    this.#setEpochs();
    this.source.follow(
      (run) => this.#follow(run),
      (since) => {
        this.#lostSince = since;
        this.#tell((listener) => listener.status?.(this.status));
      },
    );
  }

  get run(): RunState {
    return this.#run;
  }

  get epoch(): number {
    return this.player.epoch;
  }

  get status(): string {
    return describeStatus(this.#run, this.#lostSince);
  }

  /** Goes to the nearest epoch before, where that one is not shown. */
  goTo(epoch: number): void {
    this.player.goTo(epoch);
    this.#showEpoch(this.epoch, false);
  }

  /** As if by hand: from then on it is the newest one that is looked at. */
  goToNewest(): void {
    this.player.goTo(this.player.newest);
    this.#showEpoch(this.epoch, true);
  }

  /** Puts the player into an element, which one view at a time has; one that is there already keeps the focus. */
  lendPlayer(place: HTMLElement): void {
    if (this.player.element.parentElement !== place) place.prepend(this.player.element);
  }

  /** From now on. */
  listen(listener: RunListener): void {
    this.#listeners.push(listener);
  }

  #follow(run: RunState): void {
    this.#run = run;
    this.#tell((listener) => listener.run?.(run));
    this.#setEpochs();
    this.#tell((listener) => listener.status?.(this.status));
    this.#showEpoch(this.epoch, false);
  }

  #setEpochs(): void {
    const { frames, done } = this.#run;
    const epochs = frames.length > 0 ? chooseEpochs(frames) : [...Array(done + 1).keys()];
    // One that was chosen stays where there are so many that it would no longer be among them.
    const isKept = !this.player.isAtNewest && frames.includes(this.epoch) && !epochs.includes(this.epoch);
    this.player.setEpochs(isKept ? [...epochs, this.epoch].sort((a, b) => a - b) : epochs);
    this.player.describe(texts.time.at(this.epoch, this.#run));
  }

  #showEpoch(epoch: number, isChosen: boolean): void {
    this.player.describe(texts.time.at(epoch, this.#run));
    this.#tell((listener) => listener.epoch?.(epoch, isChosen));
  }

  #tell(say: (listener: RunListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
