/** Some images, decoded, in the order in which the network gets them. */
export interface Batch {
  /** number of images; a bad file leaves a hole, so this can be less than the batch size, down to 0 */
  size: number;
  /** [size, height, width, 3], 0..255 */
  pixels: Uint8Array;
  /** [size] */
  classIndexes: Int32Array;
  /** [size], index of each image in its split's list */
  fileIndexes: Int32Array;
  /** which pass over the data this batch belongs to, from 0 */
  pass: number;
}

/** A file that could not be used, and why. */
export interface BadFile {
  path: string;
  reason: string;
}

/** A place in the endless sequence of passes over the files. */
export interface StreamPosition {
  /** from 0 */
  pass: number;
  /** places of the pass already given out, 0..count-1; a bad file's hole is a place too */
  offset: number;
}
