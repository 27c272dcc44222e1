/** One picture, row by row, 4 bytes a pixel: red, green, blue, alpha (0..255, not premultiplied). */
export interface Raster {
  width: number;
  height: number;
  /** width x height x 4 bytes */
  data: Uint8ClampedArray;
}
