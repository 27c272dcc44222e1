// What the evidence for a class has in common over many images: its average, and where it is the strongest.

import type { Plane } from '../../base/plane.js';
import { findStrongest } from './encode-map.js';

/** Over all images that the evidence for a class was looked for in. */
export interface AverageEvidence {
  className: string;
  imageCount: number;
  /** evidence for the class, averaged */
  mean: Plane;
  /** images whose strongest evidence for the class lies in each cell, row by row */
  strongest: Int32Array;
}

/** Averages maps of one size as they come. */
export class EvidenceAverager {
  readonly #width: number;
  readonly #sums: Float64Array;
  readonly #strongest: Int32Array;
  #count = 0;

  constructor({ width, height }: { width: number; height: number }) {
    this.#width = width;
    this.#sums = new Float64Array(width * height);
    this.#strongest = new Int32Array(width * height);
  }

  /** One without any evidence for the class is nowhere the strongest. @param values of the size that it was made for, all finite */
  add(values: Float32Array): void {
    for (const [at, value] of values.entries()) (this.#sums[at] as number) += value;
    const strongest = findStrongest(values);
    if ((values[strongest] as number) > 0) (this.#strongest[strongest] as number)++;
    this.#count++;
  }

  /** Of the maps so far. */
  describe(className: string): AverageEvidence {
    const values = Float32Array.from(this.#sums, (sum) => sum / this.#count);
    const mean = { width: this.#width, height: values.length / this.#width, values };
    return { className, imageCount: this.#count, mean, strongest: this.#strongest };
  }
}

/** A row or a column of cells. */
export interface CellLine {
  isRow: boolean;
  /** from 0: from the top, or from the left */
  index: number;
  /** rows, or columns, that there are */
  lineCount: number;
  /** images whose strongest evidence lies there */
  imageCount: number;
}

/** The row or column where the evidence is the strongest in most images; of equal ones a row, and the first. */
export function findStrongestLine({ mean: { width, height }, strongest }: AverageEvidence): CellLine {
  const rows = new Array<number>(height).fill(0);
  const columns = new Array<number>(width).fill(0);
  for (const [at, count] of strongest.entries()) {
    (rows[Math.floor(at / width)] as number) += count;
    (columns[at % width] as number) += count;
  }
  const [row, column] = [findStrongest(rows), findStrongest(columns)];
  const [inRow, inColumn] = [rows[row] as number, columns[column] as number];
  // The only row of a map would hold everything, and say nothing.
  const isRow = width === 1 || (height > 1 && inRow >= inColumn);
  return isRow
    ? { isRow, index: row, lineCount: height, imageCount: inRow }
    : { isRow, index: column, lineCount: width, imageCount: inColumn };
}

/** Of fewer images nothing is said of the network. */
export const imagesAtLeast = 20;

/** Of the images: below that the place is not what the evidence depends on, however sure it is that it plays a part. */
const mostly = 2 / 3;

/** How likely a line with so much of the strongest evidence may be by chance, on one of a page's maps. */
const chanceAtMost = 0.001;

/** Whether the line holds most of the strongest evidence, and more than the best of all lines would by chance. */
export function isBeyondChance(line: CellLine, { imageCount, mean: { width, height } }: AverageEvidence): boolean {
  if (imageCount < imagesAtLeast || line.imageCount < mostly * imageCount) return false;
  // A map of one row or column has lines of one direction alone. As many are looked at as there are (Bonferroni).
  const lookedAt = (height > 1 ? height : 0) + (width > 1 ? width : 0);
  return lookedAt * reachesBy(line.imageCount, imageCount, 1 / line.lineCount) <= chanceAtMost;
}

/** How likely at least `wanted` of `count` are, each with a probability: the upper tail of the binomial distribution. */
function reachesBy(wanted: number, count: number, probability: number): number {
  if (probability >= 1) return 1;
  let logOfOne = count * Math.log1p(-probability); // of none
  let sum = wanted === 0 ? Math.exp(logOfOne) : 0;
  for (let reached = 1; reached <= count; reached++) {
    logOfOne += Math.log(((count - reached + 1) / reached) * (probability / (1 - probability)));
    if (reached >= wanted) sum += Math.exp(logOfOne);
  }
  return sum;
}
