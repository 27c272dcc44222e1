// A training epoch by epoch: its curves, and what its layers made of the probe's images.

import { texts } from '../../texts/en.js';
import type { RunState } from '../../time/time-data.js';
import { addressOf } from '../address.js';
import { createChoice } from '../choice.js';
import { create, find } from '../dom.js';
import type { Page } from '../page.js';
import type { Ramps } from '../ramp.js';
import { Curve, type Series } from './curve.js';
import { FrameStore } from './frame-store.js';
import { Player } from './player.js';
import { ProbeView, type TimeScale } from './probe-view.js';
import { openRunSource } from './run-source.js';
import { describeStatus } from './run-status.js';

/** The section of a page that shows a training over time. */
class TimeView {
  readonly #ramps: Ramps;
  readonly #status: HTMLElement;
  readonly #curves = { loss: new Curve(), accuracy: new Curve() };
  readonly #player: Player;
  readonly #metrics = create('p', { className: 'metrics' });
  readonly #sentence = create('p', { className: 'lead' }, texts.time.scaleSentence.channel);
  readonly #noEvidence = create('p', { className: 'caption', hidden: true });
  readonly #probes = create('div', { className: 'probes' });
  readonly #frames: FrameStore;
  #views: ProbeView[] = [];
  #scale: TimeScale = 'channel';
  #run: RunState;
  #lostSince: Date | undefined;
  #isPainting = false;
  #isStale = false;

  constructor(section: HTMLElement, ramps: Ramps, onEpoch: (epoch: number) => void) {
    const source = openRunSource(section);
    this.#ramps = ramps;
    this.#run = source.first;
    this.#status = find(section, '.run-status');
    this.#frames = new FrameStore(source, () => this.#repaint());
    this.#player = new Player((epoch) => {
      this.#showEpoch();
      onEpoch(epoch);
    });
    find(section, '.time-content').replaceChildren(...this.#build());
    this.#watchColors();
    this.#follow(source.first);
    source.follow(
      (run) => this.#follow(run),
      (since) => {
        this.#lostSince = since;
        this.#showStatus();
      },
    );
  }

  /** @param epoch the nearest before it, where that one is not shown */
  goTo(epoch: number): void {
    this.#player.goTo(epoch);
    this.#showEpoch();
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
      this.#player.element,
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
    const shownOf = ({ startedAt, images }: RunState) => JSON.stringify([startedAt, images]);
    const isOther = shownOf(run) !== shownOf(this.#run) || this.#views.length === 0;
    this.#run = run;
    this.#showStatus();
    this.#drawCurves();
    if (isOther) this.#openProbes();
    this.#frames.follow(run);
    this.#player.setEpochs(run.frames.length > 0 ? this.#frames.epochs : [...Array(run.done + 1).keys()]);
    this.#showEpoch();
  }

  #showStatus(): void {
    const sentence = describeStatus(this.#run, this.#lostSince);
    if (this.#status.textContent !== sentence) this.#status.textContent = sentence; // read aloud when it changes
  }

  #openProbes(): void {
    const { images } = this.#run;
    this.#views = images.map((image, number) => new ProbeView(image, number, this.#frames, this.#ramps));
    const empty = this.#run.done > 0 ? [create('p', { className: 'notice' }, texts.time.noProbe)] : [];
    this.#probes.replaceChildren(...(images.length > 0 ? this.#views.map(({ element }) => element) : empty));
    const scale = find(this.#probes.parentElement as HTMLElement, '.time-scale');
    scale.hidden = images.length === 0;
  }

  #drawCurves(): void {
    const { history, epochs } = this.#run;
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
    const { epoch } = this.#player;
    for (const curve of Object.values(this.#curves)) curve.mark(epoch);
    this.#player.describe(texts.time.at(epoch, this.#run));
    this.#metrics.textContent = this.#describeMetrics(epoch);
    this.#repaint();
  }

  /** Once for all images. */
  #explainMissingEvidence(): void {
    const frame = this.#frames.get(this.#player.epoch);
    this.#noEvidence.hidden = frame === undefined || frame.images.some(({ evidence }) => evidence !== undefined);
    this.#noEvidence.textContent = texts.time.noEvidence(frame?.noEvidence);
  }

  #describeMetrics(epoch: number): string {
    const { history } = this.#run;
    const names = ['loss', 'accuracy', 'validationLoss', 'validationAccuracy'] as const;
    const said = names.flatMap((name) => {
      const value = history[name]?.[epoch - 1];
      return typeof value === 'number' ? [texts.time.metrics(texts.time.columns[name], value)] : [];
    });
    return said.join(', ');
  }

  /** One painting at a time; whatever changes meanwhile is in the next one. */
  #repaint(): void {
    this.#isStale = true;
    if (!this.#isPainting) void this.#paintWhileStale();
  }

  async #paintWhileStale(): Promise<void> {
    this.#isPainting = true;
    while (this.#isStale) {
      this.#isStale = false;
      const { epoch } = this.#player;
      this.#explainMissingEvidence();
      const when = texts.time.at(epoch, this.#run);
      for (const view of this.#views) await view.show(this.#frames.get(epoch), this.#run, this.#scale, when);
    }
    this.#isPainting = false;
  }
}

/** Shows the training over time, where the page has one. Nothing of it is read before it is looked at. */
export function openTime({ router, ramps }: Page): void {
  const section = document.querySelector<HTMLElement>('section#time');
  if (section === null) return;
  let view: TimeView | undefined;
  const open = () => {
    view ??= new TimeView(section, ramps, (epoch) => router.go(addressOf('time', epoch), { replace: true }));
    return view;
  };
  addEventListener('beforeprint', open);
  router.onPlace(({ view: name, parts: [epoch] }) => {
    if (name !== 'time') return;
    open();
    if (epoch !== undefined) view?.goTo(Number(epoch));
  });
}
