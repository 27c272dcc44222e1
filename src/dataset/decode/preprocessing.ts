export type Interpolation = 'nearest' | 'bilinear' | 'lanczos3';

/** How an image becomes the network's input; recorded in every run so that later commands do the same. */
export interface Preprocessing {
  /** pixels */
  height: number;
  /** pixels */
  width: number;
  interpolation: Interpolation;
  /** turn the picture as its EXIF orientation says */
  autoOrient: boolean;
  /** each byte is multiplied by this in single precision, as Keras's `rescale` does */
  rescale: number;
}
