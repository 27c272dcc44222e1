// Loss and accuracy as drawings that take the page's colors.

import { html, type Markup } from './markup.js';
import type { TrainingSummary } from './summary.js';

type Curves = TrainingSummary['curves'];
type Values = readonly (number | null)[];

/** Of the drawing, in its own units. */
const size = { width: 480, height: 240 };
const margin = { left: 44, right: 84, top: 14, bottom: 30 };

/** Loss and accuracy of each epoch as two drawings; the style sheet gives them their colors. */
export function drawCurves(curves: Curves): Markup {
  const { trainingLoss, trainingAccuracy, validationLoss = [], validationAccuracy = [], bestEpoch } = curves;
  const highest = Math.max(0, ...numbers([...trainingLoss, ...validationLoss]));
  const lowest = Math.min(0.9, ...numbers([...trainingAccuracy, ...validationAccuracy]));
  const best = bestEpoch;
  return html`
${drawPanel('loss', [trainingLoss, validationLoss], [0, highest || 1], best)}
${drawPanel('accuracy', [trainingAccuracy, validationAccuracy], [Math.floor(lowest * 10) / 10, 1], best)}`;
}

function drawPanel(
  title: string,
  [training, validation]: [Values, Values],
  [low, high]: [number, number],
  bestEpoch: number | undefined,
): Markup {
  const epochs = training.length;
  const right = size.width - margin.right;
  const bottom = size.height - margin.bottom;
  const x = (epoch: number) =>
    epochs === 1
      ? (margin.left + right) / 2
      : round(margin.left + ((right - margin.left) * (epoch - 1)) / (epochs - 1));
  const y = (value: number) => round(bottom - ((bottom - margin.top) * (value - low)) / (high - low));
  const ticks = chooseTicks(low, high);
  return html`<figure>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${describe(title, training, validation)}">
${ticks.map(
  (tick) => html`<path class="line" d="M${margin.left} ${y(tick)}H${right}"/>
<text class="tick" x="${margin.left - 8}" y="${y(tick)}" dy=".35em" text-anchor="end">${tick}</text>`,
)}
${epochTicks(epochs).map(
  (epoch) => html`<text class="tick" x="${x(epoch)}" y="${bottom + 18}" text-anchor="middle">${epoch}</text>`,
)}
${bestEpoch === undefined ? undefined : html`<path class="best" d="M${x(bestEpoch)} ${margin.top}V${bottom}"/>`}
${drawSeries('training', training, x, y)}
${drawSeries('validation', validation, x, y)}
${nameSeries([training, validation], x(epochs), y)}
</svg>
<figcaption>${title} by epoch${bestEpoch === undefined ? '' : `; dotted: the best, ${bestEpoch}`}</figcaption>
</figure>`;
}

/** A line, in pieces where numbers are missing; single points as dots. */
function drawSeries(name: string, values: Values, x: (epoch: number) => number, y: (value: number) => number): Markup {
  const pieces: string[] = [];
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) return;
    const before = values[index - 1];
    const goesOn = typeof before === 'number' && Number.isFinite(before);
    pieces.push(`${goesOn ? 'L' : 'M'}${x(index + 1)} ${y(value)}${goesOn ? '' : 'h0'}`);
  });
  return html`<path class="series ${name}" d="${pieces.join('')}"/>`;
}

/** The names beside the lines' ends, moved apart where they would cover each other. */
function nameSeries([training, validation]: [Values, Values], x: number, y: (value: number) => number): Markup[] {
  const names = [
    { name: 'training', last: numbers(training).at(-1) },
    { name: 'validation', last: numbers(validation).at(-1) },
  ].flatMap(({ name, last }) => (last === undefined ? [] : [{ name, at: y(last) }]));
  const [upper, lower] = names.toSorted((a, b) => a.at - b.at);
  if (upper && lower) {
    const missing = Math.max(0, 16 - (lower.at - upper.at));
    upper.at -= missing / 2;
    lower.at += missing / 2;
  }
  return names.map(
    ({ name, at }) => html`<text class="series-name ${name}" x="${x + 10}" y="${round(at)}" dy=".35em">${name}</text>`,
  );
}

function describe(title: string, training: Values, validation: Values): string {
  const ends = [
    ['training', numbers(training).at(-1)],
    ['validation', numbers(validation).at(-1)],
  ].flatMap(([name, last]) => (typeof last === 'number' ? [`${name} ${last.toFixed(4)}`] : []));
  return `${title} after ${training.length} epochs: ${ends.join(', ')}`;
}

/** Round numbers from low to high, four to seven of them. */
function chooseTicks(low: number, high: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10((high - low) / 4));
  const step =
    [1, 2, 2.5, 5, 10].map((each) => each * magnitude).find((each) => (high - low) / each <= 6) ?? high - low;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(6)));
}

function epochTicks(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => epochs / each <= 8) ?? epochs;
  const round = Array.from({ length: Math.floor(epochs / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? round : [1, ...round];
}

function numbers(values: Values): number[] {
  return values.flatMap((value) => (value !== null && Number.isFinite(value) ? [value] : []));
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
