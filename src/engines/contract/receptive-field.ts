// What the cells of a layer's maps see of the input, as plain numbers.

/** What the cells of a layer's maps see of the input, a row and a column of cells at a time. */
export interface ReceptiveField {
  readonly rows: readonly CellField[];
  readonly columns: readonly CellField[];
}

/** What one row or column of cells sees, in pixels from the input's edge. */
export interface CellField {
  /** the first pixel that its values depend on */
  readonly from: number;
  /** the first pixel after the last one */
  readonly to: number;
  /** of the field, as if padding were pixels too: edges of pixels are whole numbers */
  readonly middle: number;
}

/** Of one side of a layer's maps, in pixels. */
export interface SideMeasures {
  /** that a cell sees, from the first to the last: of the cell that sees most */
  extent: number;
  /** from the middle of one cell to that of the next; null where it differs, or where there is one cell */
  step: number | null;
  /** what any cell sees: the first pixel, and the first one after the last */
  from: number;
  to: number;
}

/** Measures the fields of a row or column of cells; cells that see nothing do not count. */
export function measureSide(cells: readonly CellField[]): SideMeasures {
  const seeing = cells.filter(({ from, to }) => to > from);
  const steps = cells.slice(1).map(({ middle }, index) => middle - (cells[index] as CellField).middle);
  const [step = null] = steps;
  return {
    extent: Math.max(0, ...seeing.map(({ from, to }) => to - from)),
    step: steps.every((each) => Math.abs(each - (step as number)) < 1e-6) ? step : null,
    from: seeing.length === 0 ? 0 : Math.min(...seeing.map(({ from }) => from)),
    to: Math.max(0, ...seeing.map(({ to }) => to)),
  };
}
