// Numbers of 0 to 1 as a table of colors.

import { fillRectangle, type Raster } from '../base/raster.js';
import { numberedBar } from './color-bar.js';
import { type ColormapName, getColormap } from './colormap.js';
import { normalizeValues, rangeScale } from './normalize.js';
import { renderPage } from './page.js';
import { colors } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';

export interface HeatTable {
  title: string;
  subtitle: string;
  /** what a number is */
  caption: string;
  /** a row each; NaN: no number. What lies outside of 0 to 1 takes the colors of the ends */
  values: readonly (readonly number[])[];
  rowNames: readonly string[];
  columnNames: readonly string[];
  colormap: ColormapName;
  sentences: readonly string[];
}

const unit = 2;
const cellHeight = 34;
const narrowestCell = 50;

/** A cell for each number, which it has in it. */
export function renderHeatTable(table: HeatTable): Raster {
  const { values, rowNames, columnNames, colormap: name } = table;
  const colormap = getColormap(name);
  const scale = rangeScale({ min: 0, max: 1 });
  const columns = columnNames.length;
  const width = Math.max(narrowestCell, ...columnNames.map((text) => textWidth(text, unit) + 4 * unit));
  const cells = { count: values.length * columns, columns, width, height: cellHeight };
  return renderPage({
    title: table.title,
    subtitle: table.subtitle,
    bar: numberedBar(table.caption, scale, colormap),
    cells: { ...cells, rowNames: { names: rowNames, group: 1 }, columnNames },
    frame: { unit, width: 0 },
    numbered: 'table',
    notes: table.sentences.map((text) => ({ text })),
    paintCell(target, index, x, y) {
      const value = values[Math.floor(index / columns)]?.[index % columns] ?? Number.NaN;
      const [place = 0] = normalizeValues(Float32Array.of(value), scale);
      const isNumber = Number.isFinite(value);
      const color = isNumber ? colormap.colors[place] : colors.page;
      fillRectangle(target, x, y, width, cellHeight, color ?? colors.page);
      const text = isNumber ? formatCell(value) : '-';
      const [red, green, blue] = color ?? colors.page;
      const isLight = 0.299 * red + 0.587 * green + 0.114 * blue > 140;
      const left = x + ((width - textWidth(text, unit)) >> 1);
      drawText(
        target,
        text,
        left,
        y + ((cellHeight - textHeight(unit)) >> 1),
        unit,
        isLight ? [0, 0, 0] : [255, 255, 255],
      );
    },
  });
}

/** With two digits after the point, and never as minus nothing. */
function formatCell(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== '0.00' ? `\u2212${text}` : text;
}
