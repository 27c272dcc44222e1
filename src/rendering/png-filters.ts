// The filters of a PNG's rows, there and back (PNG specification, third edition, section 9), one byte a pixel.

/** What a pixel is expected to be, from its neighbors to the left, above, and above to the left: None, Sub, Up, Average, Paeth. */
const predictors: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
    const toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) return left;
    return toAbove <= toCorner ? above : corner;
  },
];

/** Rows of a picture, each with its filter before it: the one whose bytes will take the fewest bits. */
export function filterRows(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  const filtered = predictors.map(() => new Uint8Array(width));
  const bits = new BitCounter(width);
  let above: Uint8Array = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * width, (y + 1) * width);
    filtered.forEach((bytes, filter) => {
      filterRow(filter, row, above, bytes);
    });
    const chosen = bits.chooseShortest(filtered);
    rows[y * (width + 1)] = chosen;
    rows.set(filtered[chosen] as Uint8Array, y * (width + 1) + 1);
    above = row;
  }
  return rows;
}

function filterRow(filter: number, row: Uint8Array, above: Uint8Array, filtered: Uint8Array): void {
  const predict = predictors[filter] as (typeof predictors)[0];
  let [left, corner] = [0, 0];
  for (let x = 0; x < row.length; x++) {
    const [value, up] = [row[x] as number, above[x] as number];
    filtered[x] = value - predict(left, up, corner);
    left = value;
    corner = up;
  }
}

/** Gives the pixels of filtered rows, in place: a row is still a byte longer than the picture is wide. */
export function removeFilters(rows: Uint8Array, width: number): Uint8Array {
  let above: Uint8Array = new Uint8Array(width);
  for (let start = 1; start < rows.length; start += width + 1) {
    const row = rows.subarray(start, start + width);
    const predict = predictors[rows[start - 1] as number] as (typeof predictors)[0];
    let [left, corner] = [0, 0];
    for (let x = 0; x < width; x++) {
      const up = above[x] as number;
      left = ((row[x] as number) + predict(left, up, corner)) & 255;
      row[x] = left;
      corner = up;
    }
    above = row;
  }
  return rows;
}

/** Bytes that are remembered: about as many as deflate gives one code. */
const memory = 16_384;

/** Counts the bits of bytes by how often each came among the last ones, as a Huffman code would. */
class BitCounter {
  readonly #counts: Float64Array;
  /** of what was counted, what still counts a row later */
  readonly #kept: number;

  /** @param width bytes a row */
  constructor(width: number) {
    // Before the first row: the closer to 0, the more often.
    this.#counts = Float64Array.from({ length: 256 }, (_, byte) => 64 * 0.75 ** Math.min(byte, 256 - byte));
    this.#kept = Math.exp(-width / memory);
  }

  /** @returns the place of the row with the fewest bits, which is remembered */
  chooseShortest(rows: readonly Uint8Array[]): number {
    const bits = this.#listBits();
    let [shortest, fewest] = [0, Number.POSITIVE_INFINITY];
    rows.forEach((row, place) => {
      let sum = 0;
      for (const byte of row) sum += bits[byte] as number;
      if (sum < fewest) [shortest, fewest] = [place, sum];
    });
    const counts = this.#counts;
    for (let byte = 0; byte < counts.length; byte++) (counts[byte] as number) *= this.#kept;
    for (const byte of rows[shortest] as Uint8Array) (counts[byte] as number)++;
    return shortest;
  }

  #listBits(): Float64Array {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    return this.#counts.map((count) => Math.log2((total + 5) / (count + 0.02)));
  }
}
