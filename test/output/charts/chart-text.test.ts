import { expect, test } from 'vitest';
import { limitText, measureText, outlineTexts } from '../../../src/output/charts/chart-text.js';
import { getTypeFace } from '../../../src/rendering/glyphs.js';

const [, outlineOfA] = getTypeFace().glyphs.A as [number, string];
const advanceOf = (character: string, weight: 400 | 600 = 400) => getTypeFace(weight).glyphs[character]?.[0] as number;

test('a text is as long as its letters are wide, in semibold longer', () => {
  expect(measureText('AV', 20)).toBeCloseTo((20 * (advanceOf('A') + advanceOf('V'))) / 1000, 9);
  expect(measureText('loss', 13, 600)).toBeGreaterThan(measureText('loss', 13));
  expect(measureText('', 13)).toBe(0);
});

test('a text that is too long loses its end, one that fits nothing', () => {
  const longest = measureText('Bernese mo…', 12);
  expect(limitText('Bernese mountain dog', 12, longest)).toBe('Bernese mo…');
  expect(limitText('Bernese', 12, longest)).toBe('Bernese');
  expect(limitText('кошкакошкакошка', 12, longest)).toMatch(/^кошкак\p{L}*…$/u);
  expect(limitText('Bernese', 12, 0)).toBe('…');
});

test('text becomes outlines at its anchor, with its color', () => {
  const svg = '<g><text text-anchor="end" transform="translate(5,6)" font-size="20px" fill="#181820">AA</text></g>';
  const advance = advanceOf('A');
  expect(outlineTexts(svg)).toBe(
    '<g><g text-anchor="end" transform="translate(5,6)" font-size="20px" fill="#181820">' +
      `<path transform="translate(0,0) scale(0.02,-0.02)" d="M${-2 * advance} 0${outlineOfA}M${-advance} 0${outlineOfA}"/></g></g>`,
  );
});

test('empty text stays empty, and leaves the text after it alone', () => {
  const empty = '<text font-size="10px"/>';
  const svg = `<g>${empty}<text font-size="10px">A</text>${empty}</g>`;
  const path = `<path transform="translate(0,0) scale(0.01,-0.01)" d="M0 0${outlineOfA}"/>`;
  expect(outlineTexts(svg)).toBe(`<g>${empty}<g font-size="10px">${path}</g>${empty}</g>`);
});

test('lines stand below each other, and what Vega escaped is one character', () => {
  const lines = ['<tspan>&lt;</tspan>', '<tspan x="0" dy="17">A</tspan>', '<tspan x="0" dy="17">&amp;lt;</tspan>'];
  const outlined = outlineTexts(`<text font-size="10px" font-weight="normal">${lines.join('')}</text>`);
  const [, less] = getTypeFace().glyphs['<'] as [number, string];
  expect(outlined).not.toContain('tspan');
  expect([...outlined.matchAll(/translate\(0,(\d+)\)/g)].map(([, y]) => y)).toEqual(['0', '17', '34']);
  expect(outlined).toContain(`d="M0 0${less}"`);
  expect(outlined.match(/M\d+ 0/g)).toHaveLength(1 + 1 + '&lt;'.length);
});
