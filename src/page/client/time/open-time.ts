// A training epoch by epoch: its curves, and what its layers made of the probe's images.

import { texts } from '../../texts/en.js';
import type { RunState } from '../../time/time-data.js';
import { addressOf } from '../address.js';
import { createChoice } from '../choice.js';
import { create, find } from '../dom.js';
import type { Page } from '../page.js';
import type { Ramps } from '../ramp.js';
import type { Router } from '../router.js';
import { Curve, type Series } from './curve.js';
import { openFilmImages } from './film-images.js';
import { FrameStore } from './frame-store.js';
import { type AddressOfLayer, ProbeView, type TimeScale } from './probe-view.js';
import { repeatWhileStale } from './repeat-while-stale.js';
import { RunFeed } from './run-feed.js';

/** The section of a page that shows a training over time. */
class TimeView {
  readonly #ramps: Ramps;
  readonly #feed: RunFeed;
  readonly #status: HTMLElement;
  readonly #curves = { loss: new Curve(), accuracy: new Curve() };
  readonly #addressOfLayer: AddressOfLayer;
  readonly #playerPlace = create('div', { className: 'player-place' });
  readonly #metrics = create('p', { className: 'metrics' });
  readonly #sentence = create('p', { className: 'lead' }, texts.time.scaleSentence.channel);
  readonly #noEvidence = create('p', { className: 'caption', hidden: true });
  readonly #probes = create('div', { className: 'probes' });
  readonly #frames: FrameStore;
  #views: ProbeView[] = [];
  #scale: TimeScale = 'channel';
  readonly #repaint = repeatWhileStale(() => this.#paint());

  constructor(section: HTMLElement, ramps: Ramps, feed: RunFeed, addressOfLayer: AddressOfLayer) {
    this.#ramps = ramps;
    this.#feed = feed;
    this.#addressOfLayer = addressOfLayer;
    this.#status = find(section, '.run-status');
    this.#frames = new FrameStore(feed.source, () => this.#repaint());
    find(section, '.time-content').replaceChildren(...this.#build());
    this.#watchColors();
    this.#follow(feed.run);
    this.#showStatus(feed.status);
    this.#showEpoch();
    feed.listen({
      run: (run) => this.#follow(run),
      epoch: () => this.#showEpoch(),
      status: (sentence) => this.#showStatus(sentence),
    });
  }

  /** Has the player, which other views have as well. */
  takePlayer(): void {
    this.#feed.lendPlayer(this.#playerPlace);
  }

  #build(): HTMLElement[] {
    const figures = Object.entries(this.#curves).map(([metric, { element }]) => {
      const title = texts.time[metric as 'loss' | 'accuracy'];
      return create('figure', {}, create('figcaption', {}, title), element as unknown as HTMLElement);
    });
    const key = (['training', 'validation'] as const).map((kind) =>
      create('span', { className: kind }, texts.time[kind]),
    );
    const choice = createChoice(texts.time.scale, 'time-scale', texts.time.scales, this.#scale, (scale) => {
      this.#scale = scale;
      this.#sentence.textContent = texts.time.scaleSentence[scale];
      this.#repaint();
    });
    return [
      create('div', { className: 'time-curves' }, ...figures),
      create('p', { className: 'curve-key' }, ...key),
      this.#playerPlace,
      this.#metrics,
      create('div', { className: 'time-scale' }, choice, this.#sentence, this.#noEvidence),
      this.#probes,
    ];
  }

  /** Canvases hold colors and sizes as they were when they were painted. */
  #watchColors(): void {
    const repaint = () => this.#repaint();
    new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
    addEventListener('resize', repaint);
  }

  #follow(run: RunState): void {
    this.#drawCurves(run);
    if (this.#views.length === 0) this.#openProbes(run);
    this.#frames.follow(run);
  }

  #showStatus(sentence: string): void {
    if (this.#status.textContent !== sentence) this.#status.textContent = sentence; // read aloud when it changes
  }

  #openProbes({ images, done }: RunState): void {
    this.#views = images.map((image, number) => {
      return new ProbeView(image, number, this.#frames, this.#ramps, this.#addressOfLayer);
    });
    const empty = done > 0 ? [create('p', { className: 'notice' }, texts.time.noProbe)] : [];
    this.#probes.replaceChildren(...(images.length > 0 ? this.#views.map(({ element }) => element) : empty));
    const scale = find(this.#probes.parentElement as HTMLElement, '.time-scale');
    scale.hidden = images.length === 0;
  }

  #drawCurves({ history, epochs }: RunState): void {
    const { loss, accuracy, validationLoss = [], validationAccuracy = [] } = history;
    const draw = (metric: 'loss' | 'accuracy', training: Series['values'], validation: Series['values']) => {
      const series: Series[] = [
        { kind: 'training', name: texts.time.training, values: training },
        { kind: 'validation', name: texts.time.validation, values: validation },
      ];
      const ends = series.flatMap(({ name, values }) => {
        const last = values.at(-1);
        return typeof last === 'number' ? [texts.time.last(name, last.toFixed(4))] : [];
      });
      this.#curves[metric].draw(
        series,
        epochs,
        texts.time.curve(texts.time[metric], ends.join(', ') || texts.time.none),
      );
    };
    draw('loss', loss, validationLoss);
    draw('accuracy', accuracy, validationAccuracy);
  }

  #showEpoch(): void {
    const { epoch } = this.#feed;
    for (const curve of Object.values(this.#curves)) curve.mark(epoch);
    this.#metrics.textContent = this.#describeMetrics(epoch);
    this.#repaint();
  }

  /** Once for all images. */
  #explainMissingEvidence(epoch: number): void {
    const frame = this.#frames.get(epoch);
    this.#noEvidence.hidden = frame === undefined || frame.images.some(({ evidence }) => evidence !== undefined);
    this.#noEvidence.textContent = texts.time.noEvidence(frame?.noEvidence);
  }

  #describeMetrics(epoch: number): string {
    const { history } = this.#feed.run;
    const names = ['loss', 'accuracy', 'validationLoss', 'validationAccuracy'] as const;
    const said = names.flatMap((name) => {
      const value = history[name]?.[epoch - 1];
      return typeof value === 'number' ? [texts.time.metrics(texts.time.columns[name], value)] : [];
    });
    return said.join(', ');
  }

  async #paint(): Promise<void> {
    const { epoch, run } = this.#feed;
    this.#explainMissingEvidence(epoch);
    const when = texts.time.at(epoch, run);
    for (const view of this.#views) await view.show(epoch, run, this.#scale, when);
  }
}

/** Shows the training over time, where the page has one. Of a file nothing is read before it is looked at. */
export function openTime(page: Page): void {
  const { router, ramps } = page;
  const section = document.querySelector<HTMLElement>('section#time');
  if (section === null) return;
  let view: TimeView | undefined;
  let feed: RunFeed | undefined;
  const openFeed = () => {
    feed ??= listenTo(new RunFeed(section), router);
    return feed;
  };
  if (page.data.isFilm) openFilmImages(page, openFeed());
  const addressOfLayer = (image: number, ...layer: string[]) =>
    page.data.isFilm ? addressOf(`image-${image + 1}`, ...layer) : undefined;
  const open = () => {
    view ??= new TimeView(section, ramps, openFeed(), addressOfLayer);
    return view;
  };
  router.onPlace(({ view: name, parts: [epoch] }) => {
    if (name !== 'time') return;
    open().takePlayer();
    if (epoch !== undefined) feed?.goTo(Number(epoch));
  });
}

/** An epoch that is chosen in this view has an address, unless it is the newest one, which others follow; it is no step for Back. */
function listenTo(feed: RunFeed, router: Router): RunFeed {
  feed.listen({
    epoch(epoch, isChosen) {
      const { view, parts } = router.place();
      const { isAtNewest } = feed.player;
      if (view !== 'time' || !(isChosen || (isAtNewest && parts.length > 0))) return;
      router.go(addressOf('time', ...(isAtNewest ? [] : [epoch])), { replace: true });
    },
  });
  return feed;
}
