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
