// Text in pictures.

import { blendPixel, type Color, type Raster } from '../base/raster.js';
import { findGlyphs, type Glyph, getTypeFace, measureGlyphs } from './glyphs.js';
import { coverOutline, type Mask } from './outline.js';

const capHeight = 7;

/** of each size those of the glyphs used so far */
const masks = new Map<number, Map<Glyph, Mask>>();

/** Height in pixels of a line of capitals and digits: 7 units. */
export function textHeight(unit: number): number {
  return capHeight * unit;
}

/** Width in pixels of a line of text. */
export function textWidth(text: string, unit: number): number {
  return Math.ceil(measureGlyphs(findGlyphs(text)) * scaleOf(unit));
}

/**
 * Writes one line of text.
 *
 * @param x left edge, pixels
 * @param y top of the capitals, pixels
 * @param unit size: a stem's width in pixels, a whole number; capitals are 7 units high
 */
export function drawText(raster: Raster, text: string, x: number, y: number, unit: number, color: Color): void {
  let advanced = 0;
  for (const glyph of findGlyphs(text)) {
    const mask = getMask(glyph, unit);
    paintMask(raster, mask, x + Math.round(advanced * scaleOf(unit)), y + textHeight(unit), color);
    advanced += glyph[0];
  }
}

function paintMask(raster: Raster, { coverage, width, left, top }: Mask, x: number, y: number, color: Color): void {
  for (let index = 0; index < coverage.length; index++) {
    const opacity = coverage[index] as number;
    if (opacity === 0) continue;
    blendPixel(raster, x + left + (index % width), y + top + Math.floor(index / width), color, opacity);
  }
}

/** Pixels of one of the font's units. */
function scaleOf(unit: number): number {
  return textHeight(unit) / getTypeFace().capHeight;
}

function getMask(glyph: Glyph, unit: number): Mask {
  const ofSize = masks.get(unit) ?? new Map<Glyph, Mask>();
  masks.set(unit, ofSize);
  const mask = ofSize.get(glyph) ?? coverOutline(glyph[1], scaleOf(unit));
  ofSize.set(glyph, mask);
  return mask;
}
