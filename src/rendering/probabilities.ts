// A network's probabilities: a bar for each class, with its name and value.

import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import { formatShape } from './format-shape.js';
import type { Frame } from './frame.js';
import { renderPage } from './page.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** A class, and how probable it is. */
export interface NamedProbability {
  className: string;
  /** 0..1 */
  probability: number;
  /** what the class is to the image, in words, if anything */
  role?: string;
}

export interface ProbabilitiesOptions {
  title: string;
  /** of the layer, as Keras gives it, with the batch */
  shape: readonly number[];
  classes: readonly NamedProbability[];
  /** of all pictures of the call */
  frame?: Frame;
  /** the image, to be shown small */
  photograph?: Raster;
}

/** Of more classes the most probable ones are drawn. */
const drawnAtMost = 20;

const strongColor: Color = [49, 104, 142];
const weakColor: Color = [158, 178, 196];
const trackColor: Color = [236, 236, 240];

/** Every class as a bar from 0 to 1, in the network's order; of many classes the most probable ones. */
export function renderProbabilities({ title, shape, classes, frame, photograph }: ProbabilitiesOptions): Raster {
  const unit = frame?.unit ?? 2;
  const drawn = chooseClasses(classes, drawnAtMost);
  const width = Math.min(frame?.width ?? 300 * unit, 360 * unit);
  const rest = classes.length - drawn.length;
  return renderPage({
    title,
    subtitle: `${formatShape(shape)}: the probability of each class`,
    cells: { count: drawn.length, columns: 1, width, height: rowHeight(unit) },
    ...(frame && { frame }),
    ...(photograph && { photograph }),
    numbered: false,
    notes: rest > 0 ? [{ text: `and ${rest} less probable ${rest === 1 ? 'class' : 'classes'}` }] : [],
    paintCell: (target, index, x, y) => paintProbability(target, drawn, index, { x, y, width, unit }),
  });
}

/** All classes in their order; of too many the most probable ones, the most probable first. */
export function chooseClasses(classes: readonly NamedProbability[], atMost: number): readonly NamedProbability[] {
  if (classes.length <= atMost) return classes;
  return classes.toSorted((a, b) => b.probability - a.probability).slice(0, atMost);
}

export function rowHeight(unit: number): number {
  return textHeight(unit) + 5 * unit;
}

/** One of several rows: name, bar, value. The most probable class has the strongest color. */
export function paintProbability(
  target: Raster,
  classes: readonly NamedProbability[],
  index: number,
  { x, y, width, unit }: { x: number; y: number; width: number; unit: number },
): void {
  const { className, probability, role } = classes[index] as NamedProbability;
  const names = classes.map((each) => describeClass(each.className, each.role));
  const nameWidth = Math.min(Math.round(width / 2), Math.max(...names.map((name) => textWidth(name, unit))));
  const valueWidth = textWidth('0.0000', unit);
  const left = x + nameWidth + 4 * unit;
  const barWidth = width - nameWidth - valueWidth - 8 * unit;
  const isHighest = classes.every((other) => other.probability <= probability);
  drawText(target, fitText(describeClass(className, role), nameWidth, unit), x, y + unit, unit, colors.ink);
  fillRectangle(target, left, y, barWidth, 9 * unit, trackColor);
  fillRectangle(target, left, y, Math.round(barWidth * probability), 9 * unit, isHighest ? strongColor : weakColor);
  drawText(target, probability.toFixed(4), left + barWidth + 4 * unit, y + unit, unit, colors.ink);
}

function describeClass(className: string, role: string | undefined): string {
  return role === undefined ? className : `${className} (${role})`;
}

/** A text too wide loses its end. */
export function fitText(text: string, width: number, unit: number): string {
  const characters = Array.from(text);
  let shown = text;
  for (let kept = characters.length - 1; kept > 1 && textWidth(shown, unit) > width; kept--) {
    shown = `${characters.slice(0, kept).join('')}...`;
  }
  return shown;
}
