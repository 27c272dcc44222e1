// What the layers make of one probe image.

import { texts } from '../../texts/en.js';
import { shownChannels, strongestChannels } from '../../time/strongest-channels.js';
import type { ProbePicture, RunState, TimeImage, TimeLayer } from '../../time/time-data.js';
import { create } from '../dom.js';
import type { Ramps } from '../ramp.js';
import { EvidenceFigure } from './evidence-figure.js';
import type { FrameStore } from './frame-store.js';
import { paintTimeLayer } from './paint-layer.js';

/** The address of an image, from 0, or of a layer of it; undefined where it is no place of the page. */
export type AddressOfLayer = (image: number, ...layer: string[]) => string | undefined;

/** Classes that are listed with their probabilities. */
const classesAtMost = 6;

export type TimeScale = 'channel' | 'layer';

interface LayerFigure {
  caption: HTMLElement;
  canvas: HTMLCanvasElement;
}

/** One image of a probe, its prediction and its maps after an epoch. */
export class ProbeView {
  readonly element: HTMLElement;
  readonly #number: number;
  readonly #name: string;
  readonly #frames: FrameStore;
  readonly #ramps: Ramps;
  readonly #predicted = create('p', { className: 'predicted' });
  readonly #bars = create('ul', { className: 'probabilities' });
  readonly #evidence: EvidenceFigure;
  readonly #maps = create('div', { className: 'time-maps' });
  readonly #painted: HTMLElement;
  readonly #layers = new Map<string, LayerFigure>();

  readonly #addressOfLayer: AddressOfLayer;

  constructor(
    { name, picture }: ProbePicture,
    number: number,
    frames: FrameStore,
    ramps: Ramps,
    addressOfLayer: AddressOfLayer,
  ) {
    this.#addressOfLayer = addressOfLayer;
    this.#number = number;
    this.#name = name;
    this.#frames = frames;
    this.#ramps = ramps;
    const heading = create('h2', {}, linkTo(addressOfLayer(number), create('bdi', {}, name)));
    const photograph = create('img', { src: picture, alt: texts.time.imageOf(name) });
    const about = create('div', { className: 'about' }, photograph, heading, this.#predicted, this.#bars);
    this.#evidence = new EvidenceFigure({ name, picture }, ramps);
    this.#painted = create('div', { className: 'painted' }, this.#evidence.element, this.#maps);
    this.element = create('section', { className: 'probe' }, about, this.#painted);
  }

  /** @param when in words */
  async show(epoch: number, run: RunState, scale: TimeScale, when: string): Promise<void> {
    const image = this.#frames.get(epoch)?.images[this.#number];
    // What is painted is of another epoch then.
    this.#painted.classList.toggle('is-stale', image === undefined);
    const missing = this.#frames.isMissing(epoch) ? texts.film.loading : texts.time.loading;
    this.#predicted.textContent = image === undefined ? missing : describePrediction(image, run);
    this.#bars.replaceChildren(...drawBars(image?.probabilities ?? [], run));
    if (image === undefined) return;
    const overAll = { limit: this.#frames.limitOf(this.#number), classes: this.#frames.classesOf(this.#number) };
    this.#evidence.show(image, run.classNames, overAll, when);
    for (const layer of image.layers) await this.#paint(layer, scale, when);
  }

  async #paint(layer: TimeLayer, scale: TimeScale, when: string): Promise<void> {
    const { caption, canvas } = this.#figureOf(layer.name);
    const ranges = this.#frames.rangesOf(this.#number, layer.name);
    const shown = strongestChannels(ranges, shownChannels);
    const words = texts.time.layer(layer.name, shown.length, layer.channelCount);
    if (caption.textContent !== words)
      caption.replaceChildren(linkTo(this.#addressOfLayer(this.#number, layer.name), words));
    canvas.setAttribute('aria-label', texts.time.mapsOf(layer.name, this.#name, when));
    const whole = joinAll(shown.map((channel) => ranges.get(channel) ?? [0, 0]));
    const scaleOf = (channel: number) => (scale === 'layer' ? whole : joinAll([ranges.get(channel) ?? [0, 0]]));
    await paintTimeLayer(canvas, layer, shown, scaleOf, this.#ramps);
  }

  #figureOf(layer: string): LayerFigure {
    const known = this.#layers.get(layer);
    if (known !== undefined) return known;
    const figure = { caption: create('figcaption'), canvas: create('canvas') };
    figure.canvas.setAttribute('role', 'img');
    this.#maps.append(create('figure', {}, figure.caption, figure.canvas));
    this.#layers.set(layer, figure);
    return figure;
  }
}

function linkTo(href: string | undefined, content: Node | string): Node | string {
  return href === undefined ? content : create('a', { href }, content);
}

/** From 0, or below, to the largest. */
function joinAll(ranges: readonly (readonly [number, number])[]): readonly [number, number] {
  return [Math.min(0, ...ranges.map(([min]) => min)), Math.max(0, ...ranges.map(([, max]) => max))];
}

function describePrediction({ probabilities }: TimeImage, { classNames }: RunState): string {
  const probability = Math.max(...probabilities);
  if (probabilities.length === 0) return texts.time.unknown;
  const index = probabilities.indexOf(probability);
  return texts.time.predicted(classNames[index] ?? String(index), probability);
}

/** Of the most probable classes, in the order of all: from epoch to epoch each keeps its place. */
function drawBars(probabilities: readonly number[], { classNames }: RunState): HTMLElement[] {
  const shown = [...probabilities.entries()].sort(([, a], [, b]) => b - a).slice(0, classesAtMost);
  const more = probabilities.length - shown.length;
  return [
    ...shown.sort(([a], [b]) => a - b).map(([index, probability]) => drawBar(probability, classNames[index])),
    ...(more > 0 ? [create('li', {}, texts.image.moreClasses(more))] : []),
  ];
}

function drawBar(probability: number, className = ''): HTMLElement {
  const bar = create('progress', { max: 1, value: probability });
  bar.setAttribute('aria-hidden', 'true');
  const percent = texts.time.predicted(className, probability).slice(className.length + 2);
  return create('li', {}, create('bdi', {}, className), create('span', {}, percent), bar);
}
