// A curve of a training that grows, with a mark at an epoch.

import { chooseTicks } from './ticks.js';

export interface Series {
  /** of the class attribute: its color and dashes */
  kind: 'training' | 'validation';
  name: string;
  values: readonly (number | null)[];
}

const size = { width: 360, height: 190 };
const plot = { left: 44, right: 352, top: 14, bottom: 164 };
const namespace = 'http://www.w3.org/2000/svg';

/** One metric of a training, epoch by epoch. */
export class Curve {
  readonly element = draw('svg', { viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' });
  readonly #mark = draw('line', { class: 'mark', y1: plot.top, y2: plot.bottom });
  #epochs = 1;

  /** @param label what a screen reader says @param epochs of the axis: those that are asked for */
  draw(series: readonly Series[], epochs: number, label: string): void {
    this.#epochs = Math.max(1, epochs, ...series.map(({ values }) => values.length));
    this.element.setAttribute('aria-label', label);
    const values = series.flatMap((each) => each.values).filter(isNumber);
    const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
    const margin = (high - low) * 0.05 || Math.abs(high) * 0.05 || 1;
    const [bottom, top] = [low - margin, high + margin];
    const yOf = (value: number) => plot.bottom - ((value - bottom) / (top - bottom)) * (plot.bottom - plot.top);
    const rows = chooseTicks(bottom, top, 4).flatMap(({ value, text }) => [
      draw('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: yOf(value), y2: yOf(value) }),
      write(text, { x: plot.left - 6, y: yOf(value) + 4, 'text-anchor': 'end' }),
    ]);
    const whole = chooseTicks(0, this.#epochs, 5).filter(({ value }) => Number.isInteger(value) && value > 0);
    const columns = whole.map(({ value, text }) =>
      write(text, { x: this.#xOf(value), y: plot.bottom + 16, 'text-anchor': 'middle' }),
    );
    const lines = series.flatMap(({ kind, values: all }) => this.#drawLine(kind, all, yOf));
    this.element.replaceChildren(...rows, ...columns, ...lines, this.#mark);
  }

  /** @param epoch 0: before the training */
  mark(epoch: number): void {
    const x = String(this.#xOf(epoch));
    this.#mark.setAttribute('x1', x);
    this.#mark.setAttribute('x2', x);
  }

  #xOf(epoch: number): number {
    return plot.left + (epoch / this.#epochs) * (plot.right - plot.left);
  }

  /** Broken where there is no number; a single epoch is a point. */
  #drawLine(kind: string, values: readonly (number | null)[], yOf: (value: number) => number): SVGElement[] {
    const points = values.map((value, index) =>
      isNumber(value) ? `${this.#xOf(index + 1).toFixed(1)},${yOf(value).toFixed(1)}` : undefined,
    );
    const path = points
      .map((point, index) => point && `${points[index - 1] === undefined ? 'M' : 'L'}${point}`)
      .filter(Boolean)
      .join('');
    const last = points.findLast((point) => point !== undefined)?.split(',');
    const [cx = '', cy = ''] = last ?? [];
    const line = draw('path', { class: kind, d: path });
    return last === undefined ? [line] : [line, draw('circle', { class: kind, cx, cy, r: 2.5 })];
  }
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function draw<Name extends 'svg' | 'line' | 'path' | 'circle' | 'text'>(
  name: Name,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function write(text: string, attributes: Record<string, string | number>): SVGTextElement {
  const element = draw('text', attributes);
  element.textContent = text;
  return element;
}
