// The letters: outlines of Source Sans 3, as scripts/type-face.mjs packs them.

import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** How far the next letter is, and the outline as in SVG, relative, y upwards from the base line; in the font's units. */
export type Glyph = readonly [advance: number, outline: string];

interface TypeFace {
  capHeight: number;
  /** what stands for a character that the font lacks */
  missing: Glyph;
  glyphs: Readonly<Record<string, Glyph>>;
}

let typeFace: TypeFace | undefined;
let segmenter: Intl.Segmenter | undefined;

/** Source Sans 3, as scripts/type-face.mjs packs it; read at the first text of the process, in 5 ms. */
export function getTypeFace(): TypeFace {
  if (typeFace === undefined) {
    const packed = readFileSync(new URL('../../data/type-face.json.br', import.meta.url));
    typeFace = JSON.parse(brotliDecompressSync(packed).toString()) as TypeFace;
  }
  return typeFace;
}

/**
 * The glyphs of a text. Accents written as characters of their own are united with their letters; of what the font lacks
 * (Chinese, emoji) every character that a reader counts as one is replaced by one glyph.
 */
export function findGlyphs(text: string): Glyph[] {
  const { glyphs, missing } = getTypeFace();
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
