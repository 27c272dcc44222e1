// Coordinate systems.

/** Positions in one coordinate system: x right, y down. A closed outline when it is filled. */
export type Points = readonly (readonly [x: number, y: number])[];

/** x' = a x + c y + e, y' = b x + d y + f, as in SVG's matrix(a b c d e f). */
export type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const ellipsePoints = 40;
const curveSteps = 8;

/** Moves the origin to x, y, then turns (radians, clockwise) and enlarges what is drawn there. */
export function placeAt(outer: Transform, x: number, y: number, scale = 1, turn = 0): Transform {
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale];
  const [a, b, c, d] = outer;
  const [[e, f]] = transformPoints([[x, y]], outer) as [[number, number]];
  return [a * cos + c * sin, b * cos + d * sin, c * cos - a * sin, d * cos - b * sin, e, f];
}

export function transformPoints(line: Points, [a, b, c, d, e, f]: Transform): Points {
  return line.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f] as const);
}

/** Points written as "x,y x,y ...", stretched by a factor for each axis, then moved down. */
export function points(text: string, scaleX = 1, scaleY = 1, down = 0): Points {
  return text.split(' ').map((pair) => {
    const [x, y] = pair.split(',').map(Number) as [number, number];
    return [x * scaleX, y * scaleY + down] as const;
  });
}

/** Mirrors points at the vertical axis. */
export function mirror(line: Points): Points {
  return line.map(([x, y]) => [-x, y] as const);
}

export function ellipse(x: number, y: number, radiusX: number, radiusY: number, turn = 0): Points {
  const outline = Array.from({ length: ellipsePoints }, (_, index) => {
    const angle = (2 * Math.PI * index) / ellipsePoints;
    return [radiusX * Math.cos(angle), radiusY * Math.sin(angle)] as const;
  });
  return transformPoints(outline, placeAt([1, 0, 0, 1, 0, 0], x, y, 1, turn));
}

/** A smooth closed outline through the points (Catmull-Rom). */
export function blob(outline: Points): Points {
  return outline.flatMap((_, index) => {
    const at = (offset: number) => outline[(index + offset + outline.length) % outline.length] as [number, number];
    return curveThrough(at(-1), at(0), at(1), at(2));
  });
}

/** A smooth open line through the points (Catmull-Rom). */
export function curve(line: Points): Points {
  const at = (index: number) => line[Math.max(0, Math.min(line.length - 1, index))] as [number, number];
  const pieces = line.slice(1).flatMap((_, index) => {
    return curveThrough(at(index - 1), at(index), at(index + 1), at(index + 2));
  });
  return [...pieces, at(line.length - 1)];
}

/** The outline of a line with round ends whose width goes evenly from `startWidth` to `endWidth`. */
export function brushStroke(line: Points, startWidth: number, endWidth = startWidth): Points {
  const left: [number, number][] = [];
  const right: [number, number][] = [];
  line.forEach(([x, y], index) => {
    const [beforeX, beforeY] = line[Math.max(0, index - 1)] as [number, number];
    const [afterX, afterY] = line[Math.min(line.length - 1, index + 1)] as [number, number];
    const length = Math.hypot(afterX - beforeX, afterY - beforeY) || 1;
    const half = (startWidth + ((endWidth - startWidth) * index) / Math.max(1, line.length - 1)) / 2;
    const [normalX, normalY] = [((beforeY - afterY) / length) * half, ((afterX - beforeX) / length) * half];
    left.push([x + normalX, y + normalY]);
    right.unshift([x - normalX, y - normalY]);
  });
  return [...left, ...roundEnd(left.at(-1), right[0]), ...right, ...roundEnd(right.at(-1), left[0])];
}

/** Half a circle from one side of a line's end to the other. */
function roundEnd(from: [number, number] = [0, 0], to: [number, number] = [0, 0]): Points {
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const [dx, dy] = [from[0] - x, from[1] - y];
  return Array.from({ length: 7 }, (_, index) => {
    const angle = (-Math.PI * (index + 1)) / 8;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [x + dx * cos - dy * sin, y + dx * sin + dy * cos] as const;
  });
}

type Point = readonly [number, number];

function curveThrough(before: Point, start: Point, end: Point, after: Point): Points {
  return Array.from({ length: curveSteps }, (_, step) => {
    const t = step / curveSteps;
    const along = (axis: 0 | 1) => catmullRom(before[axis], start[axis], end[axis], after[axis], t);
    return [along(0), along(1)] as const;
  });
}

function catmullRom(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const [c1, c2, c3] = [p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * p1 - p0 - 3 * p2 + p3];
  return p1 + (t * (c1 + t * (c2 + t * c3))) / 2;
}
