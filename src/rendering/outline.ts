// Draws an outline: how much of each pixel it covers.

interface Point {
  x: number;
  y: number;
}

/** How much of each pixel a shape covers, 0..1. */
export interface Mask {
  /** where its first pixel lies, seen from the shape's origin */
  left: number;
  top: number;
  width: number;
  height: number;
  coverage: Float32Array;
}

/** straight pieces of a curve */
const curveSteps = 5;

/**
 * Draws an outline, anti-aliased.
 *
 * @param outline as in SVG, of m, l and q with relative coordinates, but y upwards; every contour is closed
 * @param scale pixels for one unit of it
 */
export function coverOutline(outline: string, scale: number): Mask {
  if (outline === '') return { left: 0, top: 0, width: 0, height: 0, coverage: new Float32Array(0) };
  const contours = flatten(outline, scale);
  const xs = contours.flatMap((contour) => contour.map(({ x }) => x));
  const ys = contours.flatMap((contour) => contour.map(({ y }) => y));
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  // One column more: an edge's area goes on in the pixel to its right.
  const width = Math.floor(Math.max(...xs)) - left + 2;
  const height = Math.floor(Math.max(...ys)) - top + 1;
  const mask = { left, top, width, height, coverage: new Float32Array(width * height) };
  for (const contour of contours) {
    contour.forEach((end, index) => {
      addEdge(mask, contour.at(index - 1) as Point, end);
    });
  }
  sumRows(mask);
  return mask;
}

/** Contours as polygons, in pixels, y downwards. */
function flatten(outline: string, scale: number): Point[][] {
  const contours: Point[][] = [];
  let [x, y] = [0, 0];
  for (const command of outline.split(/(?=[mlq])/)) {
    const numbers = command.slice(1).split(' ');
    const move = (index: number) =>
      [x + Number(numbers[index]) * scale, y - Number(numbers[index + 1]) * scale] as const;
    const [endX, endY] = move(numbers.length - 2);
    if (command.startsWith('m')) contours.push([]);
    const contour = contours.at(-1) as Point[];
    if (command.startsWith('q')) {
      const [controlX, controlY] = move(0);
      for (let step = 1; step < curveSteps; step++) {
        const t = step / curveSteps;
        const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
        contour.push({ x: a * x + b * controlX + c * endX, y: a * y + b * controlY + c * endY });
      }
    }
    contour.push({ x: endX, y: endY });
    x = endX;
    y = endY;
  }
  return contours;
}

/**
 * Notes in each row by how much an edge changes what is covered to its right: in the pixels that it crosses by the part of
 * them right of it, in the next one by the rest. Summed from the left, that is the covered part of each pixel, exactly.
 */
function addEdge({ left, top, width, coverage }: Mask, start: Point, end: Point): void {
  const direction = start.y < end.y ? 1 : -1;
  const [upper, lower] = direction === 1 ? [start, end] : [end, start];
  const slope = (lower.x - upper.x) / (lower.y - upper.y);
  for (let y = upper.y; y < lower.y; ) {
    const row = Math.floor(y);
    const next = Math.min(lower.y, row + 1);
    const x = upper.x + (y - upper.y) * slope - left;
    const reached = x + (next - y) * slope;
    addSpan(coverage, (row - top) * width, Math.min(x, reached), Math.max(x, reached), direction * (next - y));
    y = next;
  }
}

/** An edge that goes from `from` to `to` within one row, over this signed height. */
function addSpan(coverage: Float32Array, rowStart: number, from: number, to: number, height: number): void {
  const end = rowStart + Math.floor(to) + 1;
  let [beyond, before] = [0, 0];
  for (let index = rowStart + Math.floor(from); index < end; index++) {
    // How far the pixel's right side lies right of the edge, on the mean over the row.
    const right = index - rowStart + 1;
    const reach = right >= to ? right - (from + to) / 2 : (right - from) ** 2 / (2 * (to - from));
    const covered = reach - beyond;
    coverage[index] = (coverage[index] as number) + height * (covered - before);
    beyond = reach;
    before = covered;
  }
  coverage[end] = (coverage[end] as number) + height * (1 - before);
}

/** Contours turn against each other where one is a hole; where two of the same turn overlap, it is covered once. */
function sumRows({ width, coverage }: Mask): void {
  let sum = 0;
  coverage.forEach((change, index) => {
    sum = index % width === 0 ? change : sum + change;
    coverage[index] = Math.min(1, Math.abs(sum));
  });
}
