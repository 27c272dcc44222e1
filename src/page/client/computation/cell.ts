// One value of a layer as it is computed from the values before it: what the page shows of it.

/** Where a value stands in its layer. Units have x and y of 0. */
export interface Cell {
  channel: number;
  x: number;
  y: number;
}

/** Values of one layer on the page, as exactly as they are stored. */
export interface Values {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** NaN where the layer has no number */
  at(cell: Cell): number;
}

/** A window, row by row; null is padding. */
export interface Window {
  readonly columns: number;
  readonly values: readonly (number | null)[];
}

/** What one channel of the input adds. */
export interface WindowTerm {
  readonly channel: number;
  readonly window: Window;
  /** as many as the window has values */
  readonly kernel: readonly number[];
  readonly products: readonly number[];
  readonly sum: number;
}

/** What one unit or place of the input adds. */
export interface UnitTerm {
  readonly unit: number;
  readonly value: number;
  readonly weight: number;
  readonly sum: number;
}

export interface Rest {
  readonly count: number;
  readonly sum: number;
}

interface Weighted {
  readonly rest: Rest | undefined;
  /** undefined for a layer without one */
  readonly bias: number | undefined;
  /** of all terms and the bias, before the activation */
  readonly sum: number;
  readonly activation: string;
  readonly value: number;
}

export type Computed =
  /** the terms largest in size first */
  | ({ readonly type: 'windows'; readonly terms: readonly WindowTerm[] } & Weighted)
  /** those that add first, the largest first; then those that take away, the smallest last */
  | ({ readonly type: 'units'; readonly terms: readonly UnitTerm[] } & Weighted)
  /** `winner`: of a maximum, its place in the window */
  | { readonly type: 'pooling'; readonly window: Window; readonly winner: number | undefined; readonly value: number }
  /** of a whole map */
  | { readonly type: 'map'; readonly by: 'max' | 'average'; readonly count: number; readonly value: number }
  /** the value of another place, as it is */
  | { readonly type: 'copy'; readonly from: Cell; readonly value: number }
  | {
      readonly type: 'affine';
      readonly from: number;
      readonly scale: number;
      readonly offset: number;
      readonly value: number;
    }
  | { readonly type: 'activation'; readonly from: number; readonly activation: string; readonly value: number }
  | { readonly type: 'addition'; readonly from: readonly number[]; readonly value: number };
