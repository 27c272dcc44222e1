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
    const left = x + Math.round(advanced * scaleOf(unit)) + mask.left;
    const top = y + textHeight(unit) + mask.top;
    mask.coverage.forEach((coverage, index) => {
      if (coverage === 0) return;
      blendPixel(raster, left + (index % mask.width), top + Math.floor(index / mask.width), color, coverage);
    });
    advanced += glyph[0];
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
