import { expect, test } from 'vitest';
import { createRaster } from '../../src/base/raster.js';
import { getTypeFace } from '../../src/rendering/glyphs.js';
import { drawText, textHeight, textWidth } from '../../src/rendering/text.js';
import { expectGolden } from '../helpers/golden.js';

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

function write(text: string, unit: number): string {
  const raster = createRaster(textWidth(text, unit) + 4 * unit, textHeight(unit) + 4 * unit, [255, 255, 255]);
  drawText(raster, text, unit, unit, unit, [0, 0, 0]);
  return Buffer.from(raster.data).toString('base64');
}

test('the type face', () => {
  const picture = createRaster(780, 210, [255, 255, 255]);
  const lines = [
    printable.slice(0, 48),
    printable.slice(48),
    '\u00d7 \u00b1 \u03c3 \u2212 \u2264 \u2265 \u20ac K\u00e4tzchen ch\u00f3 ko\u0161ka кошка ψάρι 猫 (the last is missing)',
  ];
  lines.forEach((line, index) => {
    drawText(picture, line, 10, 10 + index * 30, 2, [24, 24, 32]);
  });
  drawText(picture, 'conv2d_1 (1, 148, 148, 32)', 10, 100, 3, [24, 24, 32]);
  drawText(picture, 'max_pooling2d_4 \u22122\u03c3 0.123', 10, 145, 5, [24, 24, 32]);
  drawText(picture, 'small type, one pixel wide: 0123456789', 10, 193, 1, [24, 24, 32]);
  expectGolden('type-face', picture);
});

test('every printable character has a glyph, and no two look the same', () => {
  const { glyphs } = getTypeFace();
  expect([...printable].filter((character) => !(character in glyphs))).toEqual([]);
  expect(new Set([...printable].map((character) => write(character, 2))).size).toBe(printable.length);
});

test('text stays inside its stated width', () => {
  const text = 'mean \u00b1 2\u03c3 (W)';
  const [width, height] = [textWidth(text, 2) + 20, 40];
  const raster = createRaster(width, height, [255, 255, 255]);
  drawText(raster, text, 10, 10, 2, [0, 0, 0]);
  const inked = (x: number) => raster.data.some((byte, index) => byte < 128 && Math.floor(index / 4) % width === x);
  expect([8, 9, width - 10, width - 9].map(inked)).toEqual([false, false, false, false]);
});

test('what lies outside the picture is left out', () => {
  expect(() => drawText(createRaster(5, 5, [0, 0, 0]), 'far too long', -20, -3, 2, [255, 255, 255])).not.toThrow();
});
