/** How the channels of one layer respond to each image of a batch, and where they respond most. */
export interface ChannelPeaks {
  name: string;
  /** [size, channels] */
  means: Float32Array;
  maxima: Float32Array;
  /** of the maximum, the first one row by row: its row times the columns plus its column; means nothing where a value is NaN */
  places: Float32Array;
}
