// Text of charts: how long it is, and its outlines in place of it.

import { type FontWeight, findGlyphs, getTypeFace, measureGlyphs } from '../../rendering/glyphs.js';
import { escapeUnprintable } from './chart-names.js';
import { chartStyle } from './chart-style.js';

const ellipsis = '…';

/** Length of a line of text in pixels. */
export function measureText(text: string, fontSize: number, weight: FontWeight = 400): number {
  return measureGlyphs(findGlyphs(text, weight)) * scaleOf(fontSize, weight);
}

/** Cuts a text that is longer than this many pixels. */
export function limitText(text: string, fontSize: number, longest: number): string {
  if (measureText(text, fontSize) <= longest) return text;
  const characters = [...text];
  while (characters.length > 0 && measureText(`${characters.join('')}${ellipsis}`, fontSize) > longest)
    characters.pop();
  return `${characters.join('')}${ellipsis}`;
}

/** Longer subtitles would make a chart wider than its panels. */
const subtitleWidth = 420;

/**
 * The subtitle of a chart: where it comes from, in one line where that is short, then what there is to say of it.
 *
 * @param source of which network on which images, in words
 */
export function subtitleLines(source: readonly string[], ...about: string[]): string[] {
  const words = source.map(escapeUnprintable);
  const joined = words.join(' - ');
  const isShort = measureText(joined, chartStyle.title.subtitleFontSize) <= subtitleWidth;
  return [...(isShort && joined !== '' ? [joined] : words), ...about];
}

/** The weight that Vega writes as a number or a word, if at all. */
export function toFontWeight(weight: unknown): FontWeight {
  return Number(weight) === 600 ? 600 : 400;
}

/** An SVG of Vega's with outlines in place of its text: it looks the same whatever fonts a machine has. */
export function outlineTexts(svg: string): string {
  // Empty text is an empty element, which stays.
  return svg.replace(/<text ([^>]*")>(.*?)<\/text>/gs, (_, attributes: string, content: string) => {
    const attribute = (name: string) => attributes.match(new RegExp(`(?:^| )${name}="([^"]*)"`))?.[1];
    const fontSize = Number.parseFloat(attribute('font-size') as string);
    const weight = toFontWeight(attribute('font-weight'));
    const anchor = attribute('text-anchor');
    const part = anchor === 'end' ? 1 : anchor === 'middle' ? 0.5 : 0;
    let y = 0;
    // Text of several lines has an element for each, all but the first with the distance to the line before.
    const lines = Array.from(
      content.matchAll(/(?:^|<tspan(?: x="0" dy="([^"]*)")?>)([^<]+)/g),
      ([, dy = '0', line]) => {
        y += Number(dy);
        return outlineLine(decodeEntities(line as string), fontSize, weight, part, y);
      },
    );
    return `<g ${attributes}>${lines.join('')}</g>`;
  });
}

/** @param part of its length that lies left of where it is placed */
function outlineLine(text: string, fontSize: number, weight: FontWeight, part: number, y: number): string {
  const glyphs = findGlyphs(text, weight);
  const scale = scaleOf(fontSize, weight);
  let x = -Math.round(part * measureGlyphs(glyphs));
  const outlines = glyphs.map(([advance, outline]) => {
    const placed = outline === '' ? '' : `M${x} 0${outline}`;
    x += advance;
    return placed;
  });
  return `<path transform="translate(0,${y}) scale(${scale},${-scale})" d="${outlines.join('')}"/>`;
}

function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Pixels of one of the font's units. */
function scaleOf(fontSize: number, weight: FontWeight): number {
  return fontSize / getTypeFace(weight).unitsPerEm;
}
