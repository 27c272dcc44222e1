// The letters: outlines of Source Sans 3, as scripts/type-face.mjs packs them.

import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { packageFile } from '../base/package-file.js';

/** How far the next letter is, and the outline as in SVG, relative, y upwards from the base line; in the font's units. */
export type Glyph = readonly [advance: number, outline: string];

/** of the font's strokes: regular and semibold */
export type FontWeight = 400 | 600;

interface TypeFace {
  /** of the font's size */
  unitsPerEm: number;
  capHeight: number;
  /** what stands for a character that the font lacks */
  missing: Glyph;
  glyphs: Readonly<Record<string, Glyph>>;
}

const typeFaces = new Map<FontWeight, TypeFace>();
let segmenter: Intl.Segmenter | undefined;

/** Source Sans 3, as scripts/type-face.mjs packs it; read at the first text of the process, in 5 ms. */
export function getTypeFace(weight: FontWeight = 400): TypeFace {
  const known = typeFaces.get(weight);
  if (known !== undefined) return known;
  const packed = readFileSync(packageFile(`data/type-face-${weight}.json.br`));
  const typeFace = JSON.parse(brotliDecompressSync(packed).toString()) as TypeFace;
  typeFaces.set(weight, typeFace);
  return typeFace;
}

/**
 * The glyphs of a text. Accents written as characters of their own are united with their letters; of what the font lacks
 * (Chinese, emoji) every character that a reader counts as one is replaced by one glyph.
 */
export function findGlyphs(text: string, weight: FontWeight = 400): Glyph[] {
  const { glyphs, missing } = getTypeFace(weight);
  const find = (part: string) => Array.from(part, (character) => glyphs[character]);
  const isComplete = (found: readonly (Glyph | undefined)[]): found is Glyph[] => !found.includes(undefined);
  const composed = text.normalize('NFC');
  const found = find(composed);
  if (isComplete(found)) return found;
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(composed)).flatMap(({ segment }) => {
    const parts = find(segment);
    return isComplete(parts) ? parts : [missing];
  });
}

/** How long a text is, in the font's units. */
export function measureGlyphs(glyphs: readonly Glyph[]): number {
  return glyphs.reduce((sum, [advance]) => sum + advance, 0);
}
