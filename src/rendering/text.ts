// Text in pictures.

import { blendPixel, type Color, type Raster } from '../base/raster.js';
import { glyphs, missingGlyph } from './glyphs.js';

interface Point {
  x: number;
  y: number;
}

interface Glyph {
  /** in grid units; the pen adds half a unit on either side */
  width: number;
  strokes: Point[][];
}

/** How far text reaches above and below, in units: the ink of "(" and of "g". */
const ascent = 1;
const descent = 2;
const capHeight = 7;
const spacing = 2;
const spaceWidth = 2;
const curveSteps = 8;

/** How much of each pixel the ink of a glyph covers, 0..1, at one size. */
interface Mask {
  width: number;
  height: number;
  coverage: Float32Array;
}

const parsed = new Map<string, Glyph>();
const masks = new Map<string, Mask>();

/** Height in pixels of a line of capitals and figures: 7 units. */
export function textHeight(unit: number): number {
  return capHeight * unit;
}

/** Width in pixels of a line of text. */
export function textWidth(text: string, unit: number): number {
  let width = 0;
  for (const character of text) width += advance(character) * unit;
  return Math.max(0, Math.ceil(width - (spacing - 1) * unit));
}

/**
 * Writes one line of text.
 *
 * @param x left edge, pixels
 * @param y top of the capitals, pixels
 * @param unit size: the pen's width in pixels, a whole number; capitals are 7 units high
 */
export function drawText(raster: Raster, text: string, x: number, y: number, unit: number, color: Color): void {
  let left = x;
  for (const character of text) {
    drawGlyph(raster, character, Math.round(left), y, unit, color);
    left += advance(character) * unit;
  }
}

function advance(character: string): number {
  return character === ' ' ? spaceWidth + 1 : getGlyph(character).width + spacing;
}

function getGlyph(character: string): Glyph {
  const known = parsed.get(character);
  if (known !== undefined) return known;
  const strokes = (glyphs.get(character) ?? missingGlyph).split('|').map(flattenStroke);
  const glyph = { width: Math.max(0, ...strokes.flat().map(({ x }) => x)), strokes };
  parsed.set(character, glyph);
  return glyph;
}

/** Points of a polyline; curves become short straight pieces. */
function flattenStroke(stroke: string): Point[] {
  const points: Point[] = [];
  let control: Point | undefined;
  for (const part of stroke.split(' ').filter(Boolean)) {
    const [x, y] = part.replace('~', '').split(',').map(Number) as [number, number];
    const start = points.at(-1);
    if (part.startsWith('~')) {
      control = { x, y };
    } else if (control && start) {
      for (let step = 1; step <= curveSteps; step++) {
        points.push(curvePoint(start, control, { x, y }, step / curveSteps));
      }
      control = undefined;
    } else {
      points.push({ x, y });
    }
  }
  return points;
}

function curvePoint(start: Point, control: Point, end: Point, t: number): Point {
  const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
  return { x: a * start.x + b * control.x + c * end.x, y: a * start.y + b * control.y + c * end.y };
}

function drawGlyph(raster: Raster, character: string, left: number, top: number, unit: number, color: Color): void {
  const mask = getMask(character, unit);
  mask.coverage.forEach((coverage, index) => {
    if (coverage === 0) return;
    const x = left - unit + (index % mask.width);
    const y = top - ascent * unit + Math.floor(index / mask.width);
    blendPixel(raster, x, y, color, coverage);
  });
}

function getMask(character: string, unit: number): Mask {
  const key = `${unit} ${character}`;
  const known = masks.get(key);
  if (known !== undefined) return known;
  const glyph = getGlyph(character);
  const width = Math.ceil((glyph.width + 2.5) * unit);
  const height = (ascent + capHeight + descent) * unit;
  const mask = { width, height, coverage: new Float32Array(width * height) };
  for (const stroke of glyph.strokes) {
    stroke.forEach((end, index) => {
      coverSegment(mask, stroke[Math.max(0, index - 1)] as Point, end, unit);
    });
  }
  masks.set(key, mask);
  return mask;
}

/** Every pixel near a stroke is covered by as much as the round pen, its edge softened over one pixel, reaches it. */
function coverSegment(mask: Mask, start: Point, end: Point, unit: number): void {
  // The mask begins one unit left of and `ascent` above the text's box, the pen's center half a unit inside it.
  const toColumn = (x: number) => (x + 1.5) * unit;
  const toRow = (y: number) => (y + ascent + 0.5) * unit;
  const reach = unit / 2 + 1;
  const firstRow = Math.floor(toRow(Math.min(start.y, end.y)) - reach);
  const lastRow = Math.ceil(toRow(Math.max(start.y, end.y)) + reach);
  const firstColumn = Math.floor(toColumn(Math.min(start.x, end.x)) - reach);
  const lastColumn = Math.ceil(toColumn(Math.max(start.x, end.x)) + reach);
  for (let row = Math.max(0, firstRow); row < Math.min(mask.height, lastRow); row++) {
    for (let column = Math.max(0, firstColumn); column < Math.min(mask.width, lastColumn); column++) {
      const x = (column + 0.5) / unit - 1.5;
      const y = (row + 0.5) / unit - ascent - 0.5;
      const coverage = Math.min(1, 0.5 + unit / 2 - distanceToSegment(x, y, start, end) * unit);
      const index = row * mask.width + column;
      if (coverage > (mask.coverage[index] as number)) mask.coverage[index] = coverage;
    }
  }
}

function distanceToSegment(x: number, y: number, start: Point, end: Point): number {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - start.x) * dx + (y - start.y) * dy) / length;
  const t = Math.max(0, Math.min(1, along));
  const across = x - start.x - t * dx;
  const down = y - start.y - t * dy;
  return Math.sqrt(across * across + down * down);
}
