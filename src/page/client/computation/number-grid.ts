// Numbers in colored cells, row by row.

import { formatSignificant } from '../../../base/numbers.js';
import { create } from '../dom.js';
import type { Ramp } from '../ramp.js';

/** How the numbers of a grid get their colors: the ramp runs from low to high. */
export interface GridColors {
  ramp: Ramp;
  low: number;
  high: number;
  /** mixed with white, so that black numbers can be read on the ends of a ramp that is dark at both */
  isPale?: boolean;
}

/** How much of a pale color is white. */
const WHITE = 0.4;

/** Up to how many columns there is room for numbers. */
const WRITTEN = 3;

/**
 * @param texts in the place of the numbers, where those are written; null is padding
 * @param marked a place with a frame
 */
export function createGrid(
  values: readonly (number | null)[],
  columns: number,
  colors: GridColors,
  { texts, marked }: { texts?: readonly string[]; marked?: number | undefined } = {},
): HTMLElement {
  const grid = create('div', { className: columns > WRITTEN ? 'numbers small' : 'numbers' });
  grid.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
  values.forEach((value, index) => {
    const cell = create('span');
    if (value === null) cell.className = 'padding';
    else paint(cell, value, colors);
    if (columns <= WRITTEN && value !== null) cell.textContent = shorten(texts?.[index] ?? formatSignificant(value, 2));
    if (index === marked) cell.classList.add('marked');
    grid.append(cell);
  });
  return grid;
}

/** Without the 0 before the point: `−.013` fits into a cell. */
function shorten(text: string): string {
  return text.replace(/^(\u2212?)0\./, '$1.');
}

function paint(cell: HTMLElement, value: number, { ramp, low, high, isPale = false }: GridColors): void {
  if (!Number.isFinite(value)) return;
  const place = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
  const color = [...ramp.subarray(4 * Math.round(place * (ramp.length / 4 - 1))).slice(0, 3)];
  const [red = 0, green = 0, blue = 0] = isPale ? color.map((part) => Math.round(part + (255 - part) * WHITE)) : color;
  cell.style.backgroundColor = `rgb(${red} ${green} ${blue})`;
  cell.style.color = isLight(red, green, blue) ? '#000' : '#fff';
}

/** Whether black is read better on a color than white: relative luminance as WCAG has it, 0.179 in the middle. */
function isLight(...color: [number, number, number]): boolean {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
