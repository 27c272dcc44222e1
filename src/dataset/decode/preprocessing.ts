export const INTERPOLATIONS = ['nearest', 'bilinear', 'lanczos3'] as const;
export type Interpolation = (typeof INTERPOLATIONS)[number];

export const FITS = ['stretch', 'crop', 'pad'] as const;

/**
 * How an image gets the proportions of the network's input: `stretch` changes its own, `crop` takes the middle of it, as
 * Keras's `load_img(keep_aspect_ratio=True)` does, `pad` puts black bars beside it.
 */
export type Fit = (typeof FITS)[number];

/** What is done to each channel after `rescale`: value = (value - mean) / deviation. */
export interface ChannelNormalization {
  /** of the channels that the network gets; mean and deviation are in this order */
  order: 'rgb' | 'bgr';
  mean: [number, number, number];
  deviation: [number, number, number];
}

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
  /** absent: nothing more */
  normalization?: ChannelNormalization;
  /** absent: stretch */
  fit?: Fit;
  /** of the network's input: 1 for gray, 4 for red, green, blue and an alpha of 255; absent: 3 */
  channels?: 1 | 4;
}
