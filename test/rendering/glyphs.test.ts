import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { findGlyphs, getTypeFace } from '../../src/rendering/glyphs.js';

const { glyphs, missing } = getTypeFace();
const root = new URL('../../', import.meta.url);

test.each([400, 600])('the type face of weight %i is what its script makes of the font', async (weight) => {
  const script = (await import(new URL('scripts/type-face.mjs', root).href)) as {
    makeTypeFace(weight: number): string;
  };
  const packed = readFileSync(new URL(`data/type-face-${weight}.json.br`, root));
  expect(brotliDecompressSync(packed).toString() === script.makeTypeFace(weight)).toBe(true);
});

test.each([
  ['Latin', 0x20, 0x7e],
  ['Latin-1', 0xa1, 0xff],
  ['Latin Extended-A', 0x100, 0x17f],
  ['Vietnamese', 0x1ea0, 0x1ef9],
  ['Russian, Ukrainian, Serbian', 0x400, 0x45f],
  ['Greek', 0x3b1, 0x3ce],
])('no letter is missing of %s', (_, first, last) => {
  const characters = Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
  expect(characters.filter((character) => !(character in glyphs))).toEqual([]);
});

test('letters in two pieces are the letters in one', () => {
  for (const name of ['Kätzchen', 'chó', 'ψάρι', 'йод', 'Tiếng Việt']) {
    expect(findGlyphs(name.normalize('NFD'))).toEqual(findGlyphs(name));
    expect(findGlyphs(name)).not.toContain(missing);
  }
});

test('what the font lacks is one glyph for each character that a reader counts', () => {
  const count = (text: string) => findGlyphs(text).filter((glyph) => glyph === missing).length;
  expect(['猫', '猫と犬', '한국', '🐈', '👩‍👩‍👧', '🇻🇳'].map(count)).toEqual([1, 3, 2, 1, 1, 1]);
  expect(findGlyphs('猫x')).toEqual([missing, glyphs.x]);
});
