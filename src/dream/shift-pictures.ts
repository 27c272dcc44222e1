// Moves pictures by some pixels; what comes in at an edge is the picture's mirror image.

interface Shift {
  down: number;
  right: number;
}

interface Shape {
  height: number;
  width: number;
  colors: number;
}

/** @param pictures [size, height, width, colors] */
export function shiftPictures(pictures: Float32Array, shape: Shape, shift: Shift): Float32Array {
  const shifted = new Float32Array(pictures.length);
  visit(pictures.length, shape, shift, (from, to) => {
    shifted[to] = pictures[from] as number;
  });
  return shifted;
}

/** A gradient for shifted pictures as one for the pictures themselves. */
export function unshiftGradient(gradient: Float32Array, shape: Shape, shift: Shift): Float32Array {
  const back = new Float32Array(gradient.length);
  visit(gradient.length, shape, shift, (from, to) => {
    (back[from] as number) += gradient[to] as number;
  });
  return back;
}

function visit(
  length: number,
  { height, width, colors }: Shape,
  { down, right }: Shift,
  move: (from: number, to: number) => void,
): void {
  const columns = Array.from({ length: width }, (_, column) => mirror(column - right, width));
  for (let image = 0; image < length; image += height * width * colors) {
    for (let row = 0; row < height; row++) {
      const source = image + mirror(row - down, height) * width * colors;
      let to = image + row * width * colors;
      for (const column of columns) {
        for (let color = 0; color < colors; color++) move(source + column * colors + color, to++);
      }
    }
  }
}

/** -1 is 0, -2 is 1; `size` is `size - 1`. */
function mirror(place: number, size: number): number {
  const period = 2 * size;
  const at = ((place % period) + period) % period;
  return at < size ? at : period - 1 - at;
}
