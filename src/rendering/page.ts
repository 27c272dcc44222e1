import { createRaster, type Raster } from '../base/raster.js';
import { type Arrangement, cellsWidth, type Frame, NARROWEST, rowNumbersWidth } from './frame.js';
import { drawHeader, type Header, type HeaderContent, layOutHeader } from './header.js';
import { colors, textUnit } from './style.js';
import { drawText, textHeight, textWidth } from './text.js';
import { wrapText } from './wrap-text.js';

/** Equal cells in rows, one pixel between them, with what stands around them. */
export interface Page extends HeaderContent {
  cells: Arrangement;
  /** where pictures lie side by side: of all of them */
  frame?: Frame;
  paintCell: (raster: Raster, index: number, x: number, y: number) => void;
  /**
   * numbers at the left and on top. running: one after the other through all rows, a cell's number is its row's plus its
   * column's; table: rows and columns each from 0
   */
  numbered: 'running' | 'table' | false;
  /** one below each cell */
  captions?: readonly string[];
  /** below the cells */
  table?: PageTable;
  /** below these, in lines as wide as the picture */
  notes: readonly Note[];
}

/** Rows of words between the cells and the notes, as the one who lays them out draws them. Pixels. */
export interface PageTable {
  width: number;
  height: number;
  paint(raster: Raster, x: number, y: number): void;
}

/** A sentence; where it explains a mark, with a small sample of that. */
export interface Note {
  text: string;
  paintSample?: (raster: Raster, x: number, y: number, size: number) => void;
}

interface Layout {
  unit: number;
  margin: number;
  header: Header;
  /** left edge and top of the first cell */
  left: number;
  top: number;
  /** from one cell to the next */
  columnStep: number;
  rowStep: number;
  /** the lines of each note */
  notes: string[][];
  tableTop: number;
  width: number;
  height: number;
}

/** Draws a page: title, subtitle and color bar on top, numbered cells, captions, notes. */
export function renderPage(page: Page): Raster {
  const layout = layOut(page);
  const raster = createRaster(layout.width, layout.height, colors.page);
  drawHeader(raster, page, layout.header, layout.margin);
  if (page.numbered) drawNumbers(raster, page, layout);
  drawCells(raster, page, layout);
  page.table?.paint(raster, layout.margin, layout.tableTop);
  drawNotes(raster, page, layout);
  return raster;
}

/** How large a page becomes, pixels. */
export function measurePage(page: Omit<Page, 'paintCell'>): { width: number; height: number } {
  const { width, height } = layOut(page);
  return { width, height };
}

function layOut(page: Omit<Page, 'paintCell'>): Layout {
  const { count, columns, width: cellWidth, height: cellHeight } = page.cells;
  const rows = Math.ceil(count / columns);
  const width = cellsWidth(page.cells);
  const unit = page.frame?.unit ?? textUnit(width);
  const margin = 8 * unit;
  const left = margin + (page.numbered ? rowNumbersWidth(page.cells, unit, rowNumberStep(page)) : 0);

  const header = layOutHeader(page, { unit, width: left - margin + width, fixed: page.frame?.width });
  const top = margin + header.height + 6 * unit + (page.numbered ? textHeight(unit) + 3 * unit : 0);
  const rowStep = cellHeight + (page.captions ? textHeight(unit) + 6 * unit : 1);
  const narrowest = page.frame?.width ?? (page.notes.length > 0 ? NARROWEST * unit : 0);
  const own = Math.max(left - margin + width, header.width, page.table?.width ?? 0);
  const contentWidth = Math.max(own, narrowest);
  const notes = page.notes.map((note) => wrapText(note.text, contentWidth - indentOf(note, unit), unit));
  const widths = page.notes.map(
    (note, index) => indentOf(note, unit) + Math.max(...(notes[index] ?? []).map((line) => textWidth(line, unit))),
  );
  const lineCount = notes.flat().length;
  const tableTop = top + rows * rowStep - (page.captions ? 0 : 1) + 6 * unit;
  const tableHeight = page.table ? page.table.height + 6 * unit : 0;
  const notesHeight = lineCount * lineHeight(unit) + (lineCount > 0 ? 4 * unit : 0);
  return {
    unit,
    margin,
    header,
    left,
    top,
    columnStep: cellWidth + 1,
    rowStep,
    notes,
    tableTop,
    width: margin + Math.max(own, page.frame?.width ?? 0, ...widths) + margin,
    height: top + rows * rowStep - (page.captions ? 0 : 1) + tableHeight + notesHeight + margin,
  };
}

/** From the number of a row to that of the next. */
function rowNumberStep({ numbered, cells }: Pick<Page, 'numbered' | 'cells'>): number {
  return numbered === 'table' ? 1 : cells.columns;
}

function drawNumbers(raster: Raster, page: Page, layout: Layout): void {
  const { cells, numbered } = page;
  const { unit, left, top } = layout;
  const rows = Math.ceil(cells.count / cells.columns);
  const columns = Math.min(cells.columns, cells.count);
  const { rowNames, columnNames } = cells;
  const isRunning = rows > 1 && numbered === 'running' && !rowNames;
  const columnLabel = (column: number) => columnNames?.[column] ?? (isRunning ? `+${column}` : String(column));
  const widest = Math.max(...[0, columns - 1].map((column) => textWidth(columnLabel(column), unit))) + 3 * unit;
  for (let column = 0; column < columns; column += skipFor(widest, layout.columnStep)) {
    const label = columnLabel(column);
    const x = left + column * layout.columnStep + Math.round((cells.width - textWidth(label, unit)) / 2);
    drawText(raster, label, x, top - textHeight(unit) - 3 * unit, unit, colors.secondary);
  }
  if (rows === 1) return;
  const needed = textHeight(unit) + 4 * unit;
  const group = rowNames && needed > layout.rowStep ? rowNames.group : 1;
  for (let row = 0; row < rows; row += group * skipFor(needed, group * layout.rowStep)) {
    const label = rowNames?.names[row] ?? String(row * rowNumberStep(page));
    const y = top + row * layout.rowStep + Math.round((cells.height - textHeight(unit)) / 2);
    drawText(raster, label, left - 3 * unit - textWidth(label, unit), y, unit, colors.secondary);
  }
}

/** Where cells are smaller than their numbers, only every second, fourth, eighth ... is numbered. */
function skipFor(needed: number, step: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(needed / step)));
}

function drawCells(raster: Raster, page: Page, { unit, left, top, columnStep, rowStep }: Layout): void {
  const { count, columns, width, height } = page.cells;
  for (let index = 0; index < count; index++) {
    const x = left + (index % columns) * columnStep;
    const y = top + Math.floor(index / columns) * rowStep;
    page.paintCell(raster, index, x, y);
    const caption = page.captions?.[index] ?? '';
    const indent = Math.max(0, Math.round((width - textWidth(caption, unit)) / 2));
    drawText(raster, caption, x + indent, y + height + 3 * unit, unit, colors.ink);
  }
}

function drawNotes(raster: Raster, page: Page, { unit, margin, notes }: Layout): void {
  let y = raster.height - margin - notes.flat().length * lineHeight(unit) + 4 * unit;
  page.notes.forEach((note, index) => {
    note.paintSample?.(raster, margin, y, textHeight(unit));
    for (const line of notes[index] ?? []) {
      drawText(raster, line, margin + indentOf(note, unit), y, unit, colors.ink);
      y += lineHeight(unit);
    }
  });
}

/** Room for a note's sample. */
function indentOf({ paintSample }: Note, unit: number): number {
  return paintSample ? 11 * unit : 0;
}

function lineHeight(unit: number): number {
  return textHeight(unit) + 4 * unit;
}
