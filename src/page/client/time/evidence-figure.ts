// Where the network sees evidence in one probe image after an epoch.

import { placeCells } from '../../../rendering/place-cells.js';
import { texts } from '../../texts/en.js';
import type { ProbePicture, TimeEvidence, TimeImage } from '../../time/time-data.js';
import { create } from '../dom.js';
import { drawEvidenceBar } from '../evidence-bar.js';
import { paintEvidence } from '../paint-evidence.js';
import type { Ramps } from '../ramp.js';

/** Pixels of a painted map's longer side: enough for even edges. */
const mapSize = 256;

interface MapFigure {
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  caption: HTMLElement;
  /** says that there is nothing to be seen */
  zero: HTMLElement;
}

/** The map of each class over the image in gray, and what the colors stand for; hidden where there is none. */
export class EvidenceFigure {
  readonly element: HTMLElement;
  readonly #image: ProbePicture;
  readonly #ramps: Ramps;
  readonly #lead = create('p', { className: 'caption' });
  readonly #maps = create('div', { className: 'class-maps' });
  readonly #bar = create('div', { className: 'color-bar' });
  #figures: MapFigure[] = [];

  constructor(image: ProbePicture, ramps: Ramps) {
    this.#image = image;
    this.#ramps = ramps;
    this.element = create('div', { className: 'time-evidence', hidden: true }, this.#lead, this.#maps, this.#bar);
  }

  /** @param limit of the scale, over all epochs @param when in words */
  show({ evidence, probabilities }: TimeImage, classNames: readonly string[], limit: number, when: string): void {
    this.element.hidden = evidence === undefined;
    if (evidence === undefined) return;
    this.#lead.textContent = texts.time.evidence(evidence.layer);
    if (this.#figures.length !== evidence.maps.length) this.#open(evidence.maps.length);
    const predicted = probabilities.indexOf(Math.max(...probabilities));
    for (const [index, { element, canvas, caption, zero }] of this.#figures.entries()) {
      const { classIndex, values } = evidence.maps[index] as TimeEvidence['maps'][number];
      const className = classNames[classIndex] ?? String(classIndex);
      caption.textContent = className;
      zero.textContent = values.some((value) => value !== 0) ? '' : ` ${texts.time.zeroEvidence}`;
      element.classList.toggle('is-predicted', classIndex === predicted);
      canvas.setAttribute(
        'aria-label',
        texts.time.evidenceOf(className, this.#image.name, when, values, evidence.width),
      );
      const plane = { ...evidence, values: Float32Array.from(values, (value) => value ?? Number.NaN) };
      const size = { width: mapSize, height: mapSize, smooth: false };
      paintEvidence(canvas, placeCells(plane, evidence.cells, size), limit, this.#ramps);
    }
    drawEvidenceBar(this.#bar, { limit, hasNegative: true }, 1, this.#ramps);
  }

  #open(count: number): void {
    this.#figures = Array.from({ length: count }, () => {
      const [canvas, caption] = [create('canvas'), create('bdi')];
      canvas.setAttribute('role', 'img');
      const below = create('img', { src: this.#image.picture, alt: '' });
      const overlay = create('div', { className: 'overlay' }, below, canvas);
      const zero = create('span');
      const captions = create('figcaption', {}, caption, zero);
      return { element: create('figure', {}, overlay, captions), canvas, caption, zero };
    });
    this.#maps.replaceChildren(...this.#figures.map(({ element }) => element));
  }
}
