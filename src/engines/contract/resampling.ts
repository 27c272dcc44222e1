// Which pixels an image of another size is made of, as Keras resizes images.

export type Interpolation = 'bilinear' | 'nearest';

/** From which pixels of a row or column, the first and how many, another one of `size` pixels is made. */
export interface Line {
  from: number;
  count: number;
  size: number;
}

type Size = readonly [height: number, width: number];

/**
 * The rows and columns that are used: all of them, or the middle part in the output's form.
 *
 * @param cropToForm Keras's crop_to_aspect_ratio
 */
export function resizedLines(input: Size, output: Size, cropToForm = false): [rows: Line, columns: Line] {
  const line = (side: 0 | 1): Line => {
    const [own, other] = [input[side], input[1 - side] as number];
    const size = output[side];
    if (!cropToForm) return { from: 0, count: own, size };
    const count = Math.max(Math.min(own, Math.trunc((other * size) / (output[1 - side] as number))), 1);
    return { from: Math.trunc((own - count) / 2), count, size };
  };
  return [line(0), line(1)];
}

/**
 * Where a pixel of the output is sampled: between two pixels of the input, `part` of the way from the first to the second.
 * Pixels are squares, sampled at their middles; single precision, in which TensorFlow decides between two pixels.
 */
export function samplePlace({ from, count, size }: Line, output: number, interpolation: Interpolation) {
  const middle = Math.fround(Math.fround(output + 0.5) * Math.fround(count / size));
  const at = (place: number) => from + Math.min(count - 1, Math.max(0, place));
  if (interpolation === 'nearest') return { low: at(Math.floor(middle)), high: at(Math.floor(middle)), part: 0 };
  const position = Math.fround(middle - 0.5);
  const low = Math.floor(position);
  return { low: at(low), high: at(low + 1), part: position - low };
}
