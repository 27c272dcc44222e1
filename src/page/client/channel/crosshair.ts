// Where the cells of a map lie on the image, and which cell lies under a place.

import type { SideField } from '../../page-data.js';

/** What the cells of a layer's maps see of the network's input, and how large that is. */
export interface Geometry {
  readonly field: { readonly rows: SideField; readonly columns: SideField } | undefined;
  /** cells of a map */
  readonly width: number;
  readonly height: number;
  /** pixels of the input */
  readonly inputWidth: number;
  readonly inputHeight: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a cell's middle lies, and what it sees: fractions of the image, from its upper left corner. */
export interface OnPhotograph extends Place {
  readonly seen: { left: number; top: number; width: number; height: number } | undefined;
}

export function locateCell({ x, y }: Place, geometry: Geometry): OnPhotograph {
  const { field, inputWidth, inputHeight } = geometry;
  if (field === undefined) {
    return { x: (x + 0.5) / geometry.width, y: (y + 0.5) / geometry.height, seen: undefined };
  }
  const { rows, columns } = field;
  const [left, right, top, bottom] = [columns.from[x], columns.to[x], rows.from[y], rows.to[y]] as [
    number,
    number,
    number,
    number,
  ];
  return {
    x: clamp((columns.middle[x] as number) / inputWidth),
    y: clamp((rows.middle[y] as number) / inputHeight),
    seen: {
      left: left / inputWidth,
      top: top / inputHeight,
      width: (right - left) / inputWidth,
      height: (bottom - top) / inputHeight,
    },
  };
}

/** The cell at a place on the map itself: fractions of it. */
export function cellOnMap({ x, y }: Place, { width, height }: Geometry): Place {
  return {
    x: Math.min(width - 1, Math.floor(clamp(x) * width)),
    y: Math.min(height - 1, Math.floor(clamp(y) * height)),
  };
}

/** The cell whose middle is nearest to a place on the image: fractions of it. */
export function cellOnPhotograph(place: Place, geometry: Geometry): Place {
  const { field, inputWidth, inputHeight } = geometry;
  if (field === undefined) return cellOnMap(place, geometry);
  return {
    x: nearest(field.columns.middle, place.x * inputWidth),
    y: nearest(field.rows.middle, place.y * inputHeight),
  };
}

/** The cell that a key leads to; undefined for a key that leads nowhere. */
export function cellByKey(
  key: string,
  { x, y }: Place,
  { width, height }: Geometry,
  isFar: boolean,
): Place | undefined {
  const by = isFar ? 10 : 1;
  const steps: Record<string, Place> = {
    ArrowLeft: { x: x - by, y },
    ArrowRight: { x: x + by, y },
    ArrowUp: { x, y: y - by },
    ArrowDown: { x, y: y + by },
    Home: { x: 0, y },
    End: { x: width - 1, y },
    PageUp: { x, y: 0 },
    PageDown: { x, y: height - 1 },
  };
  const next = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return next && { x: Math.min(width - 1, Math.max(0, next.x)), y: Math.min(height - 1, Math.max(0, next.y)) };
}

function nearest(middles: readonly number[], at: number): number {
  let best = 0;
  middles.forEach((middle, index) => {
    if (Math.abs(middle - at) < Math.abs((middles[best] as number) - at)) best = index;
  });
  return best;
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));
