// Makes data/type-face-400.json.br and -600, the outlines that text in pictures and charts is drawn with: of Source Sans 3.
// Run it after an update of the font or of this script: a test compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import opentype from 'opentype.js';

const require = createRequire(import.meta.url);
const fonts = {
  400: require.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  600: require.resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
};

/** The type face of a weight as JSON: what src/rendering/glyphs.ts reads. */
export function makeTypeFace(weight) {
  const bytes = readFileSync(fonts[weight]);
  const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const indexes = Object.entries(font.tables.cmap.glyphIndexMap).map(([code, index]) => [Number(code), index]);
  indexes.sort(([a], [b]) => a - b);
  return JSON.stringify({
    unitsPerEm: font.unitsPerEm,
    // measured at a letter that ends flat: the height in the font's own table is larger
    capHeight: font.charToGlyph('H').getBoundingBox().y2,
    missing: describe(font.glyphs.get(0)),
    glyphs: Object.fromEntries(
      indexes.map(([code, index]) => [String.fromCodePoint(code), describe(font.glyphs.get(index))]),
    ),
  });
}

/** Its advance, and its outline as in SVG with relative coordinates: equal shapes are then equal texts, which pack well. */
function describe({ advanceWidth, path }) {
  let [x, y] = [0, 0];
  const outline = path.commands.map((command) => {
    const { type, x1, y1, x: toX, y: toY } = roundAll(command);
    if (type === 'Z' || (type === 'L' && toX === x && toY === y)) return '';
    const numbers = type === 'Q' ? [x1 - x, y1 - y, toX - x, toY - y] : [toX - x, toY - y];
    [x, y] = [toX, toY];
    return `${type.toLowerCase()}${numbers.join(' ')}`;
  });
  return [advanceWidth, outline.join('')];
}

/** A thousandth of the size is finer than any pixel; points that the font implies lie between two. */
function roundAll({ type, ...numbers }) {
  return { type, ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.round(value)])) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const weight of Object.keys(fonts)) {
    const target = new URL(`../data/type-face-${weight}.json.br`, import.meta.url);
    writeFileSync(target, brotliCompressSync(makeTypeFace(weight)));
  }
}
