// Enlarges a small field of numbers to the pixels of an image.

/** For each pixel of a side the two cells that it lies between, and how far it is on the way to the second. */
export interface SidePlaces {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly share: Float64Array;
}

/** @param middles where the cells of the side lie, ascending, in pixels; before the first and after the last its own value goes on */
export function placeSide(middles: readonly number[], size: number): SidePlaces {
  const places = { lower: new Int32Array(size), upper: new Int32Array(size), share: new Float64Array(size) };
  let upper = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    const at = pixel + 0.5;
    while (upper < middles.length - 1 && (middles[upper] as number) < at) upper++;
    const lower = Math.max(0, upper - 1);
    const [from, to] = [middles[lower] as number, middles[upper] as number];
    places.lower[pixel] = lower;
    places.upper[pixel] = upper;
    places.share[pixel] = to > from ? Math.min(1, Math.max(0, (at - from) / (to - from))) : 0;
  }
  return places;
}

/** Interpolates between the middles of cells, [rows, columns], into [height, width]. @param count of columns */
export function stretch(
  cells: Float32Array,
  count: number,
  { rows, columns }: { rows: SidePlaces; columns: SidePlaces },
  into: Float32Array,
): void {
  const [height, width] = [rows.share.length, columns.share.length];
  const [above, below] = [new Float64Array(width), new Float64Array(width)];
  let last = -1;
  for (let y = 0; y < height; y++) {
    const [lower, upper] = [rows.lower[y] as number, rows.upper[y] as number];
    if (upper !== last) {
      interpolateRow(cells.subarray(lower * count, (lower + 1) * count), columns, above);
      interpolateRow(cells.subarray(upper * count, (upper + 1) * count), columns, below);
      last = upper;
    }
    const share = rows.share[y] as number;
    for (let x = 0; x < width; x++) {
      const top = above[x] as number;
      into[y * width + x] = top + share * ((below[x] as number) - top);
    }
  }
}

function interpolateRow(cells: Float32Array, { lower, upper, share }: SidePlaces, into: Float64Array): void {
  for (let x = 0; x < into.length; x++) {
    const left = cells[lower[x] as number] as number;
    into[x] = left + (share[x] as number) * ((cells[upper[x] as number] as number) - left);
  }
}
