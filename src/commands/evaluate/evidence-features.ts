// What a map of evidence says of an image: where the evidence lies, which color the image has there, which channels it comes from.

import type { CellPlaces } from '../../base/cell-places.js';
import type { Plane } from '../../base/plane.js';
import { placeCells } from '../../rendering/place-cells.js';

/** Rows and columns that an image is divided into. */
const thirds = 3;

/** Evidence for an answer in one image. */
export interface EvidenceFeatures {
  /** share of the evidence in each ninth of the image, row by row; adds up to 1 */
  position: Float64Array;
  /** red, green and blue, 0..1: mean color of the image, weighted by the evidence */
  color: Float64Array;
  /** what each channel adds to the score, scaled to a length of 1 */
  channels: Float64Array;
}

/**
 * Describes a map. Only what is above 0 counts; where nothing is, the whole image does.
 *
 * @param pixels [height, width, 3], 0..255
 */
export function describeEvidence(
  map: Plane,
  {
    cells,
    size,
    pixels,
    channels,
  }: { cells: CellPlaces; size: { width: number; height: number }; pixels: Uint8Array; channels: Float64Array },
): EvidenceFeatures {
  const positive = map.values.map((value) => Math.max(0, value));
  const isBlank = positive.every((value) => value === 0);
  const weights: Plane = { ...map, values: isBlank ? positive.fill(1) : positive };
  const length = Math.hypot(...channels);
  return {
    position: sharePlaces(weights, cells),
    color: averageColor(placeCells(weights, cells, { ...size, smooth: true }).values, pixels),
    channels: length > 0 ? channels.map((value) => value / length) : channels,
  };
}

function sharePlaces({ width, values }: Plane, { rows, columns }: CellPlaces): Float64Array {
  const shares = new Float64Array(thirds * thirds);
  const third = (middle: number) => Math.min(thirds - 1, Math.floor(thirds * middle));
  const sum = values.reduce((total, value) => total + value, 0);
  for (const [cell, value] of values.entries()) {
    const row = third(rows[Math.floor(cell / width)] as number);
    const column = third(columns[cell % width] as number);
    (shares[row * thirds + column] as number) += value / sum;
  }
  return shares;
}

function averageColor(weights: Float32Array, pixels: Uint8Array): Float64Array {
  const color = new Float64Array(3);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (const [pixel, weight] of weights.entries()) {
    if (weight === 0) continue;
    for (let part = 0; part < 3; part++) {
      (color[part] as number) += (weight / sum) * ((pixels[3 * pixel + part] as number) / 255);
    }
  }
  return color;
}

/** `bottom left`; `all over` where no third of the rows or columns has more than half of the evidence. */
export function namePosition(shares: Float64Array): string {
  const sums = (at: (index: number) => number) => {
    const found = new Float64Array(thirds);
    for (const [index, share] of shares.entries()) (found[at(index)] as number) += share;
    return found.findIndex((sum) => sum > 0.5);
  };
  const row = sums((index) => Math.floor(index / thirds));
  const column = sums((index) => index % thirds);
  if (row === 1 && column === 1) return 'middle';
  const words = [['top', 'middle height', 'bottom'][row], ['left', 'middle', 'right'][column]].filter(Boolean);
  return words.length === 0 ? 'all over' : words.join(' ');
}

/** `green`; by lightness alone where a color has hardly a hue. @param color red, green and blue, 0..1 */
export function nameColor(color: Float64Array): string {
  const [red, green, blue] = color as unknown as [number, number, number];
  const [high, low] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const lightness = (high + low) / 2;
  if (high - low < 0.12 * Math.max(high, 0.25)) return lightness < 0.25 ? 'black' : lightness < 0.75 ? 'gray' : 'white';
  const span = high - low;
  const sixth =
    high === red
      ? ((green - blue) / span + 6) % 6
      : high === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  const hue = 60 * sixth;
  if (hue < 15 || hue >= 345) return 'red';
  if (hue < 45) return lightness < 0.55 ? 'brown' : 'orange';
  if (hue < 65) return 'yellow';
  if (hue < 165) return 'green';
  if (hue < 200) return 'turquoise';
  if (hue < 260) return 'blue';
  return hue < 300 ? 'purple' : 'pink';
}

/** `#6f8a4b` */
export function formatColor(color: Float64Array): string {
  return `#${Array.from(color, (part) =>
    Math.round(255 * part)
      .toString(16)
      .padStart(2, '0'),
  ).join('')}`;
}
