// The ranked channels of a layer as a table: what each was ranked by as a bar, and what it does.

import { formatNumber, formatSigned } from '../base/numbers.js';
import { type Color, fillRectangle, type Raster } from '../base/raster.js';
import type { PageTable } from './page.js';
import { fitText } from './probabilities.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

/** A channel, what it was ranked by, and its facts in words. */
export interface RankedRow {
  channel: number;
  value: number;
  /** of the pixels, those that it fires on */
  fires?: string;
  /** where mostly */
  where?: string;
  /** on how many images */
  overImages?: string;
}

/** For and against; the ends of the ramp that evidence has. */
const [forColor, againstColor]: Color[] = [
  [180, 4, 38],
  [59, 76, 192],
];
const plainColor: Color = [49, 104, 142];

/** Of a bar, units. */
const barLength = 90;

interface Column {
  title: string;
  text: (row: RankedRow) => string;
}

/**
 * @param by by what the channels were ranked
 * @param signed whether values speak for or against something
 * @param room of the picture, where all of a call have one width: the last column loses what does not fit, pixels
 */
export function layOutRankingTable(
  rows: readonly RankedRow[],
  {
    by,
    signed,
    unit,
    noun,
    room,
  }: { by: string; signed: boolean; unit: number; noun: 'channel' | 'unit'; room?: number },
): PageTable {
  const format = signed ? formatSigned : formatNumber;
  const all: Column[] = [
    { title: noun, text: ({ channel }) => String(channel) },
    { title: by, text: ({ value }) => format(value) },
    { title: 'fires on', text: ({ fires = '' }) => fires && `${fires} of pixels` },
    { title: 'where', text: ({ where = '' }) => where },
    { title: 'on images', text: ({ overImages = '' }) => overImages.replace(/^on /, '') },
  ];
  const columns = all.filter(({ text }) => rows.some((row) => text(row) !== ''));
  const barWidth = barLength * unit;
  const widths = columns.map(({ title, text }, index) => {
    const words = Math.max(...rows.map((row) => textWidth(text(row), unit)));
    return Math.max(textWidth(title, unit), words + (index === 1 ? barWidth + 4 * unit : 0)) + 10 * unit;
  });
  const tooWide = widths.reduce((sum, width) => sum + width, 0) - (room ?? Infinity);
  const lastWidth = Math.max(40 * unit, (widths.at(-1) as number) - Math.max(0, tooWide));
  widths[widths.length - 1] = lastWidth;
  const shorten = (text: string, index: number) => (index < widths.length - 1 ? text : fitText(text, lastWidth, unit));
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, 0));
  const step = textHeight(unit) + 4 * unit;
  const limit = Math.max(...rows.map(({ value }) => Math.abs(value)));
  return {
    width: widths.reduce((sum, width) => sum + width, 0),
    height: (rows.length + 1) * step,
    paint(raster, x, y) {
      columns.forEach(({ title, text }, index) => {
        const left = x + (lefts[index] as number);
        drawText(raster, title, left, y, unit, colors.secondary);
        rows.forEach((row, at) => {
          const top = y + (at + 1) * step;
          if (index === 1)
            drawBar(raster, row.value / (limit || 1), { x: left, y: top, width: barWidth, unit }, signed);
          drawText(
            raster,
            shorten(text(row), index),
            left + (index === 1 ? barWidth + 4 * unit : 0),
            top,
            unit,
            colors.ink,
          );
        });
      });
    },
  };
}

/** From the left end, or where values have signs from the middle to either side. @param share -1..1 */
function drawBar(
  raster: Raster,
  share: number,
  { x, y, width, unit }: { x: number; y: number; width: number; unit: number },
  signed: boolean,
): void {
  const height = textHeight(unit);
  const room = signed ? width / 2 : width;
  const length = Math.round(Math.abs(share) * room);
  const zero = x + (signed ? Math.round(room) : 0);
  const color = signed ? ((share < 0 ? againstColor : forColor) as Color) : plainColor;
  fillRectangle(raster, share < 0 && signed ? zero - length : zero, y, length, height, color);
  if (signed) fillRectangle(raster, zero, y - unit, 1, height + 2 * unit, colors.secondary);
}
