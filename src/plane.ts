/** One two-dimensional field of numbers, row by row: a feature map, a heat map, a kernel slice. */
export interface Plane {
  width: number;
  height: number;
  /** width x height values; index = y * width + x */
  values: Float32Array;
}
