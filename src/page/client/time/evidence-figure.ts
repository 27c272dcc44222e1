// Where the network sees evidence in one probe image after an epoch.

import { placeCells } from '../../../rendering/place-cells.js';
import { texts } from '../../texts/en.js';
import type { ProbePicture, TimeImage } from '../../time/time-data.js';
import { create } from '../dom.js';
import { drawEvidenceBar } from '../evidence-bar.js';
import { paintEvidence } from '../paint-evidence.js';
import type { Ramps } from '../ramp.js';

/** Pixels of a painted map's longer side: enough for even edges. */
const mapSize = 256;

/** So many classes keep their place in epochs that have no map of them; of more those alone are shown that have one. */
const placesAtMost = 6;

interface MapFigure {
  element: HTMLElement;
  canvas: HTMLCanvasElement;
  caption: HTMLElement;
  /** says what there is not to be seen */
  note: HTMLElement;
}

/** Of an image in all epochs that are known. */
interface EvidenceOverAll {
  /** of the scale */
  limit: number;
  /** with a map in some epoch, rising */
  classes: readonly number[];
}

/** The map of each class over the image in gray, and what the colors stand for; hidden where there is none. */
export class EvidenceFigure {
  readonly element: HTMLElement;
  readonly #image: ProbePicture;
  readonly #ramps: Ramps;
  readonly #lead = create('p', { className: 'caption' });
  readonly #maps = create('div', { className: 'class-maps' });
  readonly #bar = create('div', { className: 'color-bar' });
  /** by class: a picture that showed another one in the next epoch would be taken for the same */
  readonly #figures = new Map<number, MapFigure>();

  constructor(image: ProbePicture, ramps: Ramps) {
    this.#image = image;
    this.#ramps = ramps;
    this.element = create('div', { className: 'time-evidence', hidden: true }, this.#lead, this.#maps, this.#bar);
  }

  /** @param when in words */
  show(
    { evidence, probabilities }: TimeImage,
    classNames: readonly string[],
    { limit, classes }: EvidenceOverAll,
    when: string,
  ): void {
    this.element.hidden = evidence === undefined;
    if (evidence === undefined) return;
    this.#lead.textContent = texts.time.evidence(evidence.layer);
    this.#maps.replaceChildren(...classes.map((classIndex) => this.#figureOf(classIndex).element));
    const predicted = probabilities.indexOf(Math.max(...probabilities));
    for (const classIndex of classes) {
      const { element, canvas, caption, note } = this.#figureOf(classIndex);
      const values = evidence.maps.find((map) => map.classIndex === classIndex)?.values;
      const className = classNames[classIndex] ?? String(classIndex);
      caption.textContent = className;
      const said = values?.every((value) => value === 0) ? texts.time.zeroEvidence : texts.time.missing(values);
      note.textContent = said && ` ${said}`;
      element.hidden = values === undefined && classes.length > placesAtMost;
      canvas.hidden = values === undefined;
      element.classList.toggle('is-predicted', classIndex === predicted);
      if (values === undefined) continue;
      canvas.setAttribute(
        'aria-label',
        texts.time.evidenceOf(className, this.#image.name, when, values, evidence.width),
      );
      const plane = { ...evidence, values: Float32Array.from(values, (value) => value ?? Number.NaN) };
      const size = { width: mapSize, height: mapSize, smooth: false };
      paintEvidence(canvas, placeCells(plane, evidence.cells, size), limit, this.#ramps);
    }
    this.#bar.hidden = limit === 0; // where nothing is a number, too
    drawEvidenceBar(this.#bar, { limit, hasNegative: true }, 1, this.#ramps);
  }

  #figureOf(classIndex: number): MapFigure {
    const known = this.#figures.get(classIndex);
    if (known !== undefined) return known;
    const [canvas, caption, note] = [create('canvas'), create('bdi'), create('span')];
    canvas.setAttribute('role', 'img');
    const below = create('img', { src: this.#image.picture, alt: '' });
    const overlay = create('div', { className: 'overlay' }, below, canvas);
    const element = create('figure', {}, overlay, create('figcaption', {}, caption, note));
    const figure = { element, canvas, caption, note };
    this.#figures.set(classIndex, figure);
    return figure;
  }
}
